package io.melin.journaled;

import io.melin.app.Application;
import io.melin.app.Codec;
import io.melin.app.EventId;
import io.melin.app.MelinResult;
import io.melin.apply.DedupLimits;
import io.melin.apply.EventApplier;
import io.melin.journal.Journal;
import io.melin.journal.JournalConfig;
import io.melin.journal.JournalPorts;
import io.melin.journal.RotationResult;

/**
 * An application whose state is what its journal says: opened by replaying every entry through the
 * one applier.
 *
 * <p>Either a pipeline runs on its {@link #applier} and {@link #journal}, or its owner calls {@link
 * #execute}; never both. The journal stays locked until {@link #close}.
 *
 * <p>Threading: one.
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

    private final Journal journal;
    private final EventApplier<E, R> applier;
    private final Execution<E, R> execution;

    private JournaledApplication(
            Program<E, R> program,
            Journal journal,
            EventApplier<E, R> applier,
            JournalPorts ports) {
        this.journal = journal;
        this.applier = applier;
        this.execution = new Execution<>(program, journal, applier, ports.time());
    }

    /**
     * Begins an empty journal.
     *
     * @throws IllegalStateException if the directory holds one already
     * @throws io.melin.journal.JournalException as {@link #open}
     */
    public static <E, R> JournaledApplication<E, R> create(
            Program<E, R> program, JournalConfig config, JournalPorts ports) {
        if (Journal.exists(config, ports)) {
            throw new IllegalStateException(
                    "a journal exists: directory="
                            + config.directory()
                            + ", name="
                            + config.name()
                            + "; recover it, or take another directory");
        }
        return open(program, config, ports);
    }

    /**
     * Recovers what a journal holds.
     *
     * @throws IllegalStateException if the directory holds none
     * @throws io.melin.journal.JournalException as {@link #open}
     */
    public static <E, R> JournaledApplication<E, R> recover(
            Program<E, R> program, JournalConfig config, JournalPorts ports) {
        if (!Journal.exists(config, ports)) {
            throw new IllegalStateException(
                    "nothing to recover: directory="
                            + config.directory()
                            + ", name="
                            + config.name()
                            + "; check the path, or create a journal");
        }
        return open(program, config, ports);
    }

    /**
     * Recovers what the journal holds, or begins an empty one.
     *
     * @throws io.melin.journal.JournalException if the journal is damaged, foreign, locked or
     *     cannot be written; nothing was changed then
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
        return new JournaledApplication<>(program, journal, applier, ports);
    }

    /**
     * Makes one event durable, then applies it.
     *
     * @throws io.melin.app.MelinRefusedException surely not applied: invalid, too large, or the id
     *     was used for another payload
     * @throws io.melin.app.EventRejectedException declared by the application
     * @throws io.melin.app.MelinUnknownOutcomeException the id's first outcome is no longer held
     * @throws RuntimeException of any other kind: the disk or the application failed, and nothing
     *     more can be executed
     */
    public MelinResult<R> execute(E event, EventId id) {
        return execution.execute(event, id);
    }

    /**
     * Makes an archive of the live segment and goes on in a new one; nothing happens if it is
     * empty.
     *
     * @throws io.melin.journal.JournalException.RotationFailed if the old segment goes on; all is
     *     as before
     * @throws io.melin.journal.JournalException of any other kind: nothing more can be executed
     */
    public RotationResult rotate() {
        return execution.rotate();
    }

    public EventApplier<E, R> applier() {
        return applier;
    }

    public Journal journal() {
        return journal;
    }

    /** Closes the journal; see {@link Journal#close}. */
    @Override
    public void close() {
        journal.close();
    }
}
