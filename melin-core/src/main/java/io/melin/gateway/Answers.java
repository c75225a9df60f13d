package io.melin.gateway;

import io.melin.pipeline.OutputKind;
import io.melin.ring.OutputSlot;
import io.melin.trace.StageCounter;
import io.melin.wire.Code;
import io.melin.wire.EndFrame;
import io.melin.wire.ErrorFrame;
import java.nio.ByteBuffer;
import org.jctools.queues.varhandle.SpscVarHandleArrayQueue;
import org.jspecify.annotations.Nullable;

/**
 * Turns what the gate let out into frames, and hands them to the ingress thread to send.
 *
 * <p>Threading: the response thread, but for {@link #next}, which is the ingress's.
 */
final class Answers {
    private static final System.Logger LOG = System.getLogger(Answers.class.getName());

    private final Sessions sessions;
    private final PendingQueries queries;
    private final Protocol protocol;
    private final SpscVarHandleArrayQueue<Chunk> outbox;
    private final ChunkWriter writer;
    private final StageCounter answered = new StageCounter();
    private final @Nullable Session[] dirty;
    private int dirtyCount;
    private @Nullable String failure;
    private long failures;

    record Ports(Sessions sessions, PendingQueries queries, Protocol protocol, ChunkPool pool) {}

    Answers(GatewayLimits limits, Ports ports) {
        this.sessions = ports.sessions();
        this.queries = ports.queries();
        this.protocol = ports.protocol().fresh();
        this.outbox = new SpscVarHandleArrayQueue<>(Math.max(4, ports.pool().chunksMax()));
        this.writer = new ChunkWriter(ports.pool(), limits, this::handOver);
        this.writer.measure();
        this.dirty = new @Nullable Session[2 * limits.connections()];
    }

    private void handOver(Chunk chunk) {
        if (!outbox.offer(chunk)) {
            throw new AssertionError("more chunks than there are");
        }
    }

    /** Ingress thread: the next chunk to send, or null. */
    @Nullable Chunk next() {
        return outbox.poll();
    }

    /** Requests answered so far. Threading: any. */
    long count() {
        return answered.acquire();
    }

    void deliver(long id, OutputSlot slot, ByteBuffer payload) {
        Session session = sessions.at(id);
        writer.turnTo(session);
        boolean isLast = OutputKind.isLast(slot.flags());
        if (slot.kind() == OutputKind.ANSWER) {
            answer(session, slot);
        } else if (session.egress.isOpen()) {
            outcome(slot, payload, isLast);
        }
        if (isLast) {
            failure = null;
            session.egress.countAnswer();
            answered.add(1);
        }
        touch(session);
    }

    private void touch(Session session) {
        if (!session.egress.isDirty) {
            session.egress.isDirty = true;
            dirty[dirtyCount++] = session;
        }
    }

    private void outcome(OutputSlot slot, ByteBuffer payload, boolean isLast) {
        long request = slot.correlation();
        switch (slot.kind()) {
            case OutputKind.REPORT -> {
                report(payload);
                if (isLast) {
                    end(slot, request);
                }
            }
            case OutputKind.EMPTY -> end(slot, request);
            case OutputKind.REJECTED -> rejected(slot, payload);
            case OutputKind.ID_CONFLICT ->
                    error(request, Code.ID_CONFLICT, "the number was used with another payload");
            case OutputKind.UNKNOWN_OUTCOME ->
                    error(request, Code.UNKNOWN_OUTCOME, "the first outcome is no longer held");
            default -> throw new AssertionError("unknown output kind: kind=" + slot.kind());
        }
    }

    /** A report that cannot be written spoils the answer it belongs to, and no other. */
    private void report(ByteBuffer payload) {
        try {
            protocol.encode(payload, writer);
            writer.requireClosed();
        } catch (RuntimeException e) {
            writer.rollBack();
            failure = "the answer cannot be written: " + e;
            if (Long.bitCount(++failures) == 1) {
                LOG.log(
                        System.Logger.Level.ERROR,
                        "the protocol failed on a report: times=" + failures,
                        e);
            }
        }
    }

    private void end(OutputSlot slot, long request) {
        if (failure != null) {
            error(request, Code.UNKNOWN_OUTCOME, failure);
            return;
        }
        ByteBuffer frame = writer.reserve(EndFrame.FRAME_BYTES);
        EndFrame.write(frame, request, slot.sequence(), slot.timeNs(), isDuplicate(slot));
        writer.commit();
    }

    private void rejected(OutputSlot slot, ByteBuffer reason) {
        int bytes = reason.remaining();
        ByteBuffer frame = writer.reserve(ErrorFrame.FRAME_BYTES_MIN + bytes);
        ErrorFrame.beginRejected(
                        frame,
                        slot.correlation(),
                        slot.sequence(),
                        slot.timeNs(),
                        isDuplicate(slot),
                        bytes)
                .put(reason);
        writer.commit();
    }

    private void error(long request, Code code, String text) {
        byte[] bytes = ErrorFrame.text(text);
        ByteBuffer frame = writer.reserve(ErrorFrame.FRAME_BYTES_MIN + bytes.length);
        ErrorFrame.begin(frame, request, code, bytes.length).put(bytes);
        writer.commit();
    }

    private void answer(Session session, OutputSlot slot) {
        PendingQuery query = queries.at(slot.correlation());
        if (session.egress.isOpen()) {
            String thrown = query.failure();
            if (thrown == null) {
                ByteBuffer frames = query.frames();
                if (frames.hasRemaining()) {
                    writer.reserve(frames.remaining()).put(frames);
                    writer.commit();
                }
                end(slot, query.request());
            } else {
                error(query.request(), Code.QUERY_FAILED, thrown);
            }
        }
        queries.giveBack(query);
    }

    private static boolean isDuplicate(OutputSlot slot) {
        return OutputKind.isDuplicate(slot.flags());
    }

    /**
     * Hands over what was written, then counts it (G1).
     *
     * @return whether the ingress has something to send
     */
    boolean flush() {
        boolean any = dirtyCount > 0;
        for (int i = 0; i < dirtyCount; i++) {
            Session session = dirty[i];
            if (session == null) {
                throw new AssertionError("a session that was touched is gone");
            }
            session.egress.isDirty = false;
            writer.handOver(session);
            session.egress.publishAnswers();
            dirty[i] = null;
        }
        writer.measure();
        dirtyCount = 0;
        answered.publish();
        return any;
    }
}
