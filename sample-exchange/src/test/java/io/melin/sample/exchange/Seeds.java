package io.melin.sample.exchange;

import java.util.SplittableRandom;
import java.util.stream.LongStream;

/** Seeds of random tests: a fixed range, or the one of {@code -Dmelin.seed=N}. */
public final class Seeds {
    private Seeds() {}

    /** Prints how to repeat the test; the assertions name the seed again. */
    public static long[] of(String test, int count) {
        Long one = Long.getLong("melin.seed");
        if (one != null) {
            return new long[] {one};
        }
        long fresh = System.nanoTime();
        System.out.printf(
                "%s: seeds=1..%d and %d, repeat one with: mvn -pl sample-exchange test -Dtest=%s"
                        + " -Dmelin.seed=N%n",
                test, count, fresh, test);
        return LongStream.concat(LongStream.rangeClosed(1, count), LongStream.of(fresh)).toArray();
    }

    /** Whether a single seed is being repeated, so that totals over all seeds mean nothing. */
    public static boolean isOne() {
        return Long.getLong("melin.seed") != null;
    }

    public static SplittableRandom random(long seed) {
        return new SplittableRandom(seed);
    }
}
