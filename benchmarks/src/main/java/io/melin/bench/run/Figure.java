package io.melin.bench.run;

import io.melin.bench.part.Samples;
import java.util.function.ToDoubleFunction;

/** A figure by which two cases are held against each other. */
enum Figure {
    PER_SECOND("a second", Samples::perSecond),
    P50("p50", samples -> samples.percentileUs(50)),
    P999("p99.9", samples -> samples.percentileUs(99.9));

    private final String title;
    private final ToDoubleFunction<Samples> of;

    Figure(String title, ToDoubleFunction<Samples> of) {
        this.title = title;
        this.of = of;
    }

    String title() {
        return title;
    }

    double of(Samples samples) {
        return of.applyAsDouble(samples);
    }
}
