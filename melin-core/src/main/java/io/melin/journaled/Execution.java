package io.melin.journaled;

import io.melin.app.Codec;
import io.melin.app.EventId;
import io.melin.app.EventRejectedException;
import io.melin.app.MelinRefusedException;
import io.melin.app.MelinResult;
import io.melin.app.MelinUnknownOutcomeException;
import io.melin.app.Refusal;
import io.melin.apply.EventApplier;
import io.melin.apply.EventIds;
import io.melin.apply.Outcome;
import io.melin.event.EventHeader;
import io.melin.event.EventKind;
import io.melin.event.IdScheme;
import io.melin.integrity.Invariant;
import io.melin.journal.Journal;
import io.melin.journal.RotationResult;
import io.melin.journal.Skip;
import io.melin.time.JournaledClock;
import io.melin.time.TimeSource;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * One event after the other, each synced before it is applied: the pipeline's rules without stages.
 */
final class Execution<E, R> {
    private final Codec<E> events;
    private final Codec<R> reports;
    private final Journal journal;
    private final EventApplier<E, R> applier;
    private final TimeSource time;
    private final JournaledClock clock;
    private final EventHeader header = new EventHeader();

    Execution(
            JournaledApplication.Program<E, R> program,
            Journal journal,
            EventApplier<E, R> applier,
            TimeSource time) {
        this.events = program.events().fresh();
        this.reports = program.reports().fresh();
        this.journal = journal;
        this.applier = applier;
        this.time = time;
        this.clock = new JournaledClock(journal.report().lastTimeNs());
    }

    RotationResult rotate() {
        CompletableFuture<RotationResult> result = journal.rotate();
        journal.writer().writeAndForce(journal.frames());
        journal.writer().settle();
        try {
            return result.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    MelinResult<R> execute(E event, EventId id) {
        ByteBuffer payload = encode(event);
        journal.writer().settle();
        header.id(EventIds.scheme(id), EventIds.high(id), EventIds.low(id));
        header.event(EventKind.APP, applier.lastSequence() + 1, clock.stampEvent(time.epochNs()));
        Invariant.check(journal.frames().tryAppend(header, payload), "frame buffer is not empty");
        journal.frames().publish();
        journal.writer().writeAndForce(journal.frames());
        return result(applier.apply(header, payload, events.version()), id);
    }

    /** Makes a skip durable, behind everything that was replayed. */
    void journal(Skip skip) {
        journal.writer().settle();
        header.id(IdScheme.NONE, 0, 0);
        header.event(EventKind.SKIP, applier.lastSequence() + 1, clock.stampEvent(time.epochNs()));
        ByteBuffer payload = skip.payload();
        Invariant.check(journal.frames().tryAppend(header, payload), "frame buffer is not empty");
        journal.frames().publish();
        journal.writer().writeAndForce(journal.frames());
        applier.apply(header, payload.rewind(), events.version());
    }

    /** Nothing undecodable may get a sequence. */
    private ByteBuffer encode(E event) {
        int bytes = events.size(event);
        int bytesMax = journal.config().payloadBytesMax();
        if (bytes > bytesMax) {
            throw new MelinRefusedException(
                    Refusal.TOO_LARGE, "bytes=" + bytes + ", max=" + bytesMax);
        }
        ByteBuffer payload = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
        events.encode(event, payload);
        payload.flip();
        boolean valid = payload.remaining() == bytes && events.isValid(payload);
        payload.rewind();
        if (!valid) {
            throw new MelinRefusedException(
                    Refusal.MALFORMED, "the codec does not accept its own bytes");
        }
        return payload;
    }

    private MelinResult<R> result(Outcome<R> outcome, EventId id) {
        return switch (outcome.kind()) {
            case APPLIED ->
                    new MelinResult<>(
                            outcome.sequence(),
                            outcome.timeNs(),
                            decoded(outcome),
                            outcome.isDuplicate());
            case REJECTED ->
                    throw new EventRejectedException(
                            outcome.reason(), outcome.sequence(), outcome.isDuplicate());
            case ID_CONFLICT ->
                    throw new MelinRefusedException(
                            Refusal.ID_CONFLICT, "the id was used with another payload");
            case UNKNOWN_OUTCOME ->
                    throw new MelinUnknownOutcomeException(
                            id, "the first outcome is no longer held", null);
            case NONE -> throw new AssertionError("an event without an outcome: " + header.kind());
        };
    }

    private List<R> decoded(Outcome<R> outcome) {
        List<R> decoded = new ArrayList<>();
        for (int i = 0; i < outcome.reports().count(); i++) {
            decoded.add(reports.decode(outcome.reports().payload(i), reports.version()));
        }
        return decoded;
    }
}
