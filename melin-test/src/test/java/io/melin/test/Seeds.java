package io.melin.test;

import java.util.function.LongConsumer;

/**
 * Runs a random test over its seeds, says which, and on failure how to repeat the one that failed.
 *
 * <p>{@code -Dmelin.seed=N} runs one seed only, {@code -Dmelin.seeds=COUNT} another number of them.
 */
final class Seeds {
    private Seeds() {}

    static boolean isSingle() {
        return Long.getLong("melin.seed") != null;
    }

    static void each(Class<?> test, int count, LongConsumer body) {
        Long single = Long.getLong("melin.seed");
        long first = single == null ? 1 : single;
        long last = single == null ? Integer.getInteger("melin.seeds", count) : single;
        System.out.println(test.getSimpleName() + ": seeds=" + first + ".." + last);
        for (long seed = first; seed <= last; seed++) {
            try {
                body.accept(seed);
            } catch (Throwable e) {
                throw new AssertionError(
                        "seed="
                                + seed
                                + ", repeat: mvn -pl melin-test -am test -Dtest="
                                + test.getSimpleName()
                                + " -Dsurefire.failIfNoSpecifiedTests=false -Dmelin.seed="
                                + seed,
                        e);
            }
        }
    }
}
