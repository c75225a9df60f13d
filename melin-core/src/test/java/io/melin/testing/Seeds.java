package io.melin.testing;

import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * Seeds of random tests: a few fixed ones and a fresh one, each printed with the line that repeats it;
 * the system property {@code melin.seed} replaces them all.
 */
public final class Seeds {
    /** A random check; the second argument is the line that repeats it, for failure messages. */
    @FunctionalInterface
    public interface Check {
        void run(Random random, String repro) throws Exception;
    }

    private Seeds() {}

    public static Stream<DynamicTest> each(Class<?> test, Check check) {
        Long given = Long.getLong("melin.seed");
        Stream<Long> seeds =
                given != null ? Stream.of(given) : Stream.of(1L, 2L, 3L, new Random().nextLong());
        return seeds.map(seed -> dynamicTest(test, seed, check));
    }

    private static DynamicTest dynamicTest(Class<?> test, long seed, Check check) {
        String repro =
                "mvn -pl melin-core test -Dtest=" + test.getSimpleName() + " -Dmelin.seed=" + seed;
        return DynamicTest.dynamicTest(
                "seed " + seed,
                () -> {
                    System.out.println(repro);
                    check.run(new Random(seed), repro);
                });
    }
}
