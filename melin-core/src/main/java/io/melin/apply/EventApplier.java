package io.melin.apply;

import io.melin.app.Application;
import io.melin.app.Codec;
import io.melin.app.EventRejected;
import io.melin.app.SnapshotReader;
import io.melin.app.SnapshotWriter;
import io.melin.event.EventHeader;
import io.melin.event.EventKind;
import io.melin.event.IdScheme;
import io.melin.integrity.ChainHash;
import io.melin.integrity.Invariant;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * The one function from a log to a state: live, on a replica, in replay and in the shadow.
 *
 * <p>A1: sequences are dense. A2: a repeat of an id neither moves time nor reaches the application.
 * A3: the application ticks before an event whose time is above the drained mark, once, with that
 * time; an equal or lower time never ticks. A4: an event is applied to its end or the applier is
 * poisoned and refuses every later call: there is no half state to go on from, to ask or to save.
 * A5: equal logs give equal states, reports, outcomes and snapshots.
 *
 * <p>Threading: one. Allocates nothing once its buffers have grown, if the codecs and the
 * application do not; a first rejection allocates.
 *
 * @param <E> the event type
 * @param <R> the report type
 */
public final class EventApplier<E, R> {
    private static final int MAGIC = 0x31_50_41_4D;

    /** Why a repeat of an event is rejected that an operator had skipped. */
    public static final String SKIPPED = "SKIPPED";

    /** u64 sequence, and a hash. */
    private static final int SKIP_BYTES = Long.BYTES + ChainHash.BYTES;

    private final Application<E, R> application;
    private final Codec<E> events;
    private final DedupTable dedup;
    private final Outcome<R> outcome;
    private final ReportBuffer<R> tickReports;
    private final HeaderView context = new HeaderView();
    private final LogPosition at = new LogPosition();
    private @Nullable Throwable failure;

    /**
     * An applier before the first event.
     *
     * @param application an empty twin that nobody else uses
     * @param events its {@link Codec#fresh()} decodes here
     * @param reports its {@link Codec#fresh()} encodes here
     */
    public EventApplier(
            Application<E, R> application, Codec<E> events, Codec<R> reports, DedupLimits limits) {
        this.application = application;
        this.events = events.fresh();
        this.dedup = new DedupTable(limits);
        this.outcome = new Outcome<>(reports);
        this.tickReports = new ReportBuffer<>(reports);
    }

    /**
     * Applies the next event of the log.
     *
     * <p>Fails: with whatever stopped it, and is poisoned then (A4). {@link
     * UnappliableEventException} for an event that this build cannot apply; {@link AssertionError}
     * for a gap (A1); anything that the application throws but {@link EventRejected}.
     *
     * @param payload the event's bytes, between position and limit; its order becomes little-endian
     * @param codecVersion of the codec that wrote the payload
     * @return what became of it, valid until the next call; its reports do not contain {@link
     *     #tickReports()}
     */
    public Outcome<R> apply(EventHeader header, ByteBuffer payload, int codecVersion) {
        requireSound();
        try {
            Invariant.checkEqual(header.sequence(), at.sequence + 1, "A1: sequence to apply");
            outcome.reset(header.sequence(), header.timeNs());
            tickReports.clear();
            payload.order(ByteOrder.LITTLE_ENDIAN);
            dispatch(header, payload, codecVersion);
            at.sequence = header.sequence();
            at.timeNs = Math.max(at.timeNs, header.timeNs());
            return outcome;
        } catch (Throwable stopped) {
            failure = stopped;
            throw stopped;
        }
    }

    /**
     * Passes over the next event of the log, as an operator wants it: it has a place in the order
     * and nothing else, no time and no change. A repeat of its id is rejected, {@link #SKIPPED}.
     *
     * <p>Fails: as {@link #apply}.
     */
    public void skip(EventHeader header, ByteBuffer payload) {
        requireSound();
        try {
            Invariant.checkEqual(header.sequence(), at.sequence + 1, "A1: sequence to skip");
            outcome.reset(header.sequence(), header.timeNs());
            boolean isNamed = header.kind() == EventKind.APP && IdScheme.isKnown(header.idScheme());
            if (isNamed
                    && header.idScheme() != IdScheme.NONE
                    && dedup.check(header, payload) == DedupTable.Verdict.NEW) {
                outcome.reject(SKIPPED);
                dedup.remember(header, outcome);
            }
            at.sequence = header.sequence();
            at.timeNs = Math.max(at.timeNs, header.timeNs());
        } catch (Throwable stopped) {
            failure = stopped;
            throw stopped;
        }
    }

    /**
     * The replay is over, somebody waits for every event: from now on a repeat of an id is found at
     * once. Before, the first repeat has the index built, which takes a millisecond or two; a
     * replay without repeats never builds it, and takes a sixth less time. Changes no outcome.
     *
     * @return how many ids were entered into the index just now; 0 if it was ready
     */
    public int keepReady() {
        return dedup.keepReady();
    }

    private void dispatch(EventHeader header, ByteBuffer payload, int codecVersion) {
        switch (header.kind()) {
            case EventKind.APP -> applyApp(header, payload, codecVersion);
            case EventKind.TICK -> {
                requirePayloadBytes(header, payload, 0);
                drain(header);
            }
            case EventKind.EPOCH -> {
                requirePayloadBytes(header, payload, Long.BYTES);
                observeEpoch(header, payload.getLong(payload.position()));
                drain(header);
            }
            case EventKind.SKIP -> {
                requirePayloadBytes(header, payload, SKIP_BYTES);
                drain(header);
            }
            default -> throw unappliable(header, "kind unknown or reserved in this build");
        }
    }

    private void applyApp(EventHeader header, ByteBuffer payload, int codecVersion) {
        if (header.idScheme() == IdScheme.NONE) {
            drain(header);
            run(header, payload, codecVersion);
            return;
        }
        if (!IdScheme.isKnown(header.idScheme())) {
            throw unappliable(header, "unknown id scheme: idScheme=" + header.idScheme());
        }
        switch (dedup.check(header, payload)) {
            case NEW -> {
                drain(header);
                run(header, payload, codecVersion);
                dedup.remember(header, outcome);
            }
            case DUPLICATE -> dedup.repeat(outcome);
            case ID_CONFLICT -> outcome.become(Outcome.Kind.ID_CONFLICT);
            case UNKNOWN_OUTCOME -> outcome.become(Outcome.Kind.UNKNOWN_OUTCOME);
        }
    }

    /**
     * A3. The tick belongs to nobody: its context has no client, whatever event brought the time.
     */
    private void drain(EventHeader header) {
        if (header.timeNs() <= at.drainedNs) {
            return;
        }
        at.drainedNs = header.timeNs();
        application.tick(context.tick(header), tickReports);
        requireWhole(header, tickReports);
    }

    private void run(EventHeader header, ByteBuffer payload, int codecVersion) {
        E event = decode(header, payload, codecVersion);
        ReportBuffer<R> reports = outcome.reports();
        try {
            application.apply(event, context.event(header), reports);
            outcome.become(Outcome.Kind.APPLIED);
        } catch (EventRejected rejected) {
            if (reports.count() != 0) {
                String what = "rejected after it reported, so after a change: reports=";
                throw unappliable(header, what + reports.count(), rejected);
            }
            outcome.reject(rejected.reason());
        }
        requireWhole(header, reports);
    }

    private E decode(EventHeader header, ByteBuffer payload, int codecVersion) {
        int payloadBytes = payload.remaining();
        try {
            return events.decode(payload, codecVersion);
        } catch (RuntimeException e) {
            String what = "payload not decodable: codecVersion=" + codecVersion;
            throw unappliable(header, what + ", payloadBytes=" + payloadBytes, e);
        }
    }

    private void observeEpoch(EventHeader header, long epoch) {
        if (epoch < 0) {
            throw unappliable(header, "epoch out of range: epoch=" + Long.toUnsignedString(epoch));
        }
        at.epoch = Math.max(at.epoch, epoch);
    }

    /** What the tick before the last event caused; empty if there was none. They answer nobody. */
    public ReportBuffer<R> tickReports() {
        return tickReports;
    }

    /** What the last call of {@link #apply} returned. */
    public Outcome<R> outcome() {
        return outcome;
    }

    /** The last sequence applied; 0 before the first. */
    public long lastSequence() {
        return at.sequence;
    }

    /**
     * The highest journaled time of any event so far, repeats included; Unix epoch, nanoseconds.
     */
    public long lastTimeNs() {
        return at.timeNs;
    }

    /** The highest request number of a client that was ever taken, 0 if it is not known. */
    public long highestRequest(byte idScheme, long client) {
        return dedup.highestRequest(idScheme, client);
    }

    /** The time of the last tick that the application saw (A3); at most {@link #lastTimeNs()}. */
    public long drainedTimeNs() {
        return at.drainedNs;
    }

    /** The highest epoch seen; 0 for none. */
    public long epoch() {
        return at.epoch;
    }

    /** Where the state stands. Allocates. */
    public StatePosition position() {
        return new StatePosition(at.sequence, at.timeNs, at.drainedNs, at.epoch);
    }

    /** The application, for a query. Fails: {@link IllegalStateException} when poisoned (A4). */
    public Application<E, R> application() {
        requireSound();
        return application;
    }

    /** The application's running digest; 0 if it offers none. Fails: as {@link #application()}. */
    public long digest() {
        requireSound();
        return application.digest();
    }

    /** What poisoned this applier (A4), if anything did. */
    public @Nullable Throwable failure() {
        return failure;
    }

    /**
     * Writes position, exactly-once memory and the application's state. Fails when poisoned (A4).
     */
    public void snapshot(SnapshotWriter out) throws IOException {
        requireSound();
        out.writeInt(MAGIC);
        out.writeLong(at.sequence);
        out.writeLong(at.timeNs);
        out.writeLong(at.drainedNs);
        out.writeLong(at.epoch);
        dedup.snapshot(out);
        application.snapshot(out);
    }

    /**
     * Reads what {@link #snapshot} wrote into an applier before its first event. That nothing
     * follows is for the caller to check. Fails: poisoned (A4), since the state may be half there.
     *
     * @param applicationVersion the {@link Application#version()} that wrote it
     * @throws IOException if it is damaged, cut short, or of a lineage with other limits
     */
    public void restore(SnapshotReader in, int applicationVersion) throws IOException {
        requireSound();
        Invariant.checkEqual(at.sequence, 0, "last sequence before a restore");
        try {
            DedupTable.require(in.readInt() == MAGIC, "applier magic");
            at.sequence = in.readLong();
            at.timeNs = in.readLong();
            at.drainedNs = in.readLong();
            at.epoch = in.readLong();
            DedupTable.require(at.isPossible(), "applier position");
            dedup.restore(in);
            application.restore(in, applicationVersion);
        } catch (Throwable stopped) {
            failure = stopped;
            throw stopped;
        }
    }

    private void requireSound() {
        if (failure != null) {
            throw new IllegalStateException(
                    "applier is poisoned, its state is not to be used: lastSequence="
                            + at.sequence
                            + ", failure="
                            + failure,
                    failure);
        }
    }

    private void requireWhole(EventHeader header, ReportBuffer<?> reports) {
        if (reports.isBroken()) {
            throw unappliable(header, "application went on after a report failed to encode");
        }
    }

    private void requirePayloadBytes(EventHeader header, ByteBuffer payload, int expected) {
        if (payload.remaining() != expected) {
            String what = "payload of another length: payloadBytes=" + payload.remaining();
            throw unappliable(header, what + ", expected=" + expected);
        }
    }

    private static UnappliableEventException unappliable(EventHeader header, String what) {
        return new UnappliableEventException(message(header, what), header.sequence());
    }

    private static UnappliableEventException unappliable(
            EventHeader header, String what, Throwable cause) {
        return new UnappliableEventException(message(header, what), header.sequence(), cause);
    }

    private static String message(EventHeader header, String what) {
        return "event cannot be applied: "
                + what
                + ", sequence="
                + header.sequence()
                + ", kind="
                + name(header.kind());
    }

    private static String name(byte kind) {
        return switch (kind) {
            case EventKind.APP -> "APP";
            case EventKind.TICK -> "TICK";
            case EventKind.EPOCH -> "EPOCH";
            case EventKind.POLICY_CHANGE -> "POLICY_CHANGE";
            case EventKind.SKIP -> "SKIP";
            case EventKind.CONFIG -> "CONFIG";
            default -> "unknown(" + kind + ")";
        };
    }

    /** Where the state stands, as plain fields that each event moves. */
    private static final class LogPosition {
        private long sequence;
        private long timeNs;
        private long drainedNs;
        private long epoch;

        boolean isPossible() {
            return sequence >= 0 && drainedNs >= 0 && timeNs >= drainedNs && epoch >= 0;
        }
    }
}
