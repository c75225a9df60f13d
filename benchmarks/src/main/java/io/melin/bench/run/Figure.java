package io.melin.bench.run;

import io.melin.bench.part.Samples;
import java.util.function.ToDoubleFunction;

/** A figure by which two cases are held against each other. */
enum Figure {
    PER_SECOND("a second", true, Samples::perSecond),
    P50("p50", false, samples -> samples.percentileUs(50)),
    P999("p99.9", false, samples -> samples.percentileUs(99.9));

    private final String title;
    private final boolean isMoreBetter;
    private final ToDoubleFunction<Samples> of;

    Figure(String title, boolean isMoreBetter, ToDoubleFunction<Samples> of) {
        this.title = title;
        this.isMoreBetter = isMoreBetter;
        this.of = of;
    }

    String title() {
        return title;
    }

    boolean isMoreBetter() {
        return isMoreBetter;
    }

    double of(Samples samples) {
        return of.applyAsDouble(samples);
    }
}
