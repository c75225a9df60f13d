package io.melin.gateway;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for what a node does by itself, in its own time. */
final class Eventually {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final long LOOK_NS = 1_000_000;

    private Eventually() {}

    static void holds(BooleanSupplier condition, String otherwise) {
        holds(condition, () -> otherwise);
    }

    static void holds(BooleanSupplier condition, Supplier<String> otherwise) {
        long startNs = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - startNs > LIMIT.toNanos()) {
                throw new AssertionError(otherwise.get());
            }
            LockSupport.parkNanos(LOOK_NS);
        }
    }
}
