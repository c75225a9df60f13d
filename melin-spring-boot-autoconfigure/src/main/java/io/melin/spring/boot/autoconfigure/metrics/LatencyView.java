package io.melin.spring.boot.autoconfigure.metrics;

import io.melin.trace.LatencySnapshot;
import io.melin.trace.StageTag;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One series of a latency histogram, whoever publishes it.
 *
 * @param stage null for the whole way of an event
 * @param counts a copy of the counts at this moment
 */
record LatencyView(MelinMeter meter, @Nullable StageTag stage, Supplier<LatencySnapshot> counts) {

    /** Tags of this series besides the pipeline. */
    Map<String, String> tags() {
        return stage == null ? Map.of() : Map.of("stage", stage.text());
    }
}
