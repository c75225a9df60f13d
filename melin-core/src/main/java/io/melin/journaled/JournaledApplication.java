package io.melin.journaled;

import io.melin.app.Application;
import io.melin.app.Codec;
import io.melin.apply.DedupLimits;
import io.melin.apply.EventApplier;
import io.melin.journal.Journal;
import io.melin.journal.JournalConfig;
import io.melin.journal.JournalPorts;

/**
 * An application whose state is what its journal says: opened by replaying every entry through the
 * one applier.
 *
 * <p>Whoever opens it owns the journal until {@link #close}: a pipeline that runs on it, or, without
 * one, the single caller of {@link #executor}.
 *
 * <p>Threading: one, until a pipeline takes applier and journal apart.
 *
 * @param <E> the event type
 * @param <R> the report type
 */
public final class JournaledApplication<E, R> implements AutoCloseable {

    /**
     * What runs, and how its events and reports become bytes.
     *
     * @param prototype only a {@link Application#fresh()} twin of it runs
     */
    public record Program<E, R>(Application<E, R> prototype, Codec<E> events, Codec<R> reports) {}

    private final Program<E, R> program;
    private final Journal journal;
    private final EventApplier<E, R> applier;

    private JournaledApplication(
            Program<E, R> program, Journal journal, EventApplier<E, R> applier) {
        this.program = program;
        this.journal = journal;
        this.applier = applier;
    }

    /**
     * Recovers what the journal holds, or creates an empty one.
     *
     * @throws io.melin.journal.JournalException if the journal is damaged, foreign, locked or cannot be
     *     written; nothing was changed then
     */
    public static <E, R> JournaledApplication<E, R> open(
            Program<E, R> program, JournalConfig config, JournalPorts ports) {
        Application<E, R> application = program.prototype().fresh();
        if (application == program.prototype()) {
            throw new IllegalArgumentException(
                    "fresh() must return another object each time: application="
                            + application.getClass().getName());
        }
        EventApplier<E, R> applier =
                new EventApplier<>(
                        application, program.events(), program.reports(), DedupLimits.LINEAGE);
        Journal journal = Journal.open(config, ports, applier::apply);
        return new JournaledApplication<>(program, journal, applier);
    }

    public EventApplier<E, R> applier() {
        return applier;
    }

    public Journal journal() {
        return journal;
    }

    public Program<E, R> program() {
        return program;
    }

    /** Closes the journal; see {@link Journal#close}. */
    @Override
    public void close() {
        journal.close();
    }
}
