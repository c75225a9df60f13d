package io.melin.health;

import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * What a {@link StallWatch} asks about one stage.
 *
 * <p>Units: {@code limitNs} nanoseconds, at least 4. Threading: both suppliers are asked by the
 * watching thread and read memory only.
 *
 * @param progress any number that changes whenever the stage gets on: a heartbeat time or a count
 * @param hasWork whether the stage has something to get on with
 */
public record StallProbe(
        String name, LongSupplier progress, BooleanSupplier hasWork, long limitNs) {
    public StallProbe {
        if (limitNs < StallWatch.CHECKS_PER_LIMIT) {
            throw new IllegalArgumentException(
                    "stall limit too small: name=" + name + ", limitNs=" + limitNs);
        }
    }
}
