package io.melin.test;

import io.melin.app.Application;
import io.melin.app.Codec;
import io.melin.journaled.JournaledApplication;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Proves on random histories what everything rests on: that an application's state is the same
 * live, from a snapshot and the entries behind it, and from a replay of every entry, byte for byte,
 * the memory of exactly-once and the clock included. In a test it is one line:
 *
 * <pre>
 * ReplayCheck.of(new Counter(), events, reports)
 *         .check(random -&gt; () -&gt; new Add(random.nextInt(9)));
 * </pre>
 *
 * <p>A history repeats requests, reuses ids for other payloads, steps the clock forth and back,
 * asks, stops, and cuts the power. {@code -Dmelin.seed=N} runs one seed only, {@code
 * -Dmelin.seeds=COUNT} another number of them.
 *
 * <p>Threading: one.
 *
 * @param <E> the event type
 * @param <R> the report type
 */
public final class ReplayCheck<E, R> {
    private static final int SEEDS = 40;

    private final JournaledApplication.Program<E, R> program;

    private ReplayCheck(JournaledApplication.Program<E, R> program) {
        this.program = program;
    }

    /** For twins of {@code prototype}. */
    public static <E, R> ReplayCheck<E, R> of(
            Application<E, R> prototype, Codec<E> events, Codec<R> reports) {
        return new ReplayCheck<>(new JournaledApplication.Program<>(prototype, events, reports));
    }

    /**
     * Runs all seeds.
     *
     * @param source makes the events of one history from its random numbers and nothing else
     * @throws AssertionError at the first difference; it says where and how to repeat it
     */
    public void check(Function<SplittableRandom, Supplier<E>> source) {
        String name = program.prototype().getClass().getSimpleName();
        Long single = Long.getLong("melin.seed");
        long first = single == null ? 1 : single;
        long last = single == null ? Integer.getInteger("melin.seeds", SEEDS) : single;
        System.out.println("ReplayCheck: " + name + ", seeds=" + first + ".." + last);
        for (long seed = first; seed <= last; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            try (ReplayHistory<E, R> history = new ReplayHistory<>(program, random, seed)) {
                history.run(source.apply(random.split()));
            } catch (Throwable e) {
                throw new AssertionError(
                        e.getMessage() + "; repeat this test with -Dmelin.seed=" + seed, e);
            }
        }
    }
}
