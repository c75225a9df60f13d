package io.melin.gateway;

import io.melin.time.TimeSource;
import io.melin.trace.StageCounter;
import java.util.ArrayList;
import java.util.List;

/** Moves answers from the response thread to their sockets. Threading: the ingress thread. */
final class Sender {
    private final Answers answers;
    private final ChunkPool pool;
    private final TimeSource time;
    private final GatewayMeters meters;
    private final StageCounter taken = new StageCounter();
    private final List<Session> unflushed = new ArrayList<>();

    Sender(Answers answers, ChunkPool pool, TimeSource time, GatewayMeters meters) {
        this.answers = answers;
        this.pool = pool;
        this.time = time;
        this.meters = meters;
    }

    long nowNs() {
        return time.tickerNs();
    }

    /** A request went into the ring. */
    void countTaken() {
        taken.add(1);
        taken.publish();
    }

    /** Requests whose answers have not left. Threading: any. */
    int inFlight() {
        long done = answers.count();
        return (int) (taken.acquire() - done) + pool.inUse();
    }

    /**
     * Sends whatever was handed over.
     *
     * @return chunks sent
     */
    int drain() {
        int count = 0;
        Chunk chunk = answers.next();
        long nowNs = chunk == null ? 0 : nowNs();
        while (chunk != null) {
            send(chunk, nowNs);
            count++;
            chunk = answers.next();
        }
        for (int i = 0; i < unflushed.size(); i++) {
            unflushed.get(i).socket.flush();
        }
        unflushed.clear();
        return count;
    }

    /** Memory that answers can still take. Threading: any. */
    long freeBytes() {
        return pool.freeBytes();
    }

    private void send(Chunk chunk, long nowNs) {
        Session session = chunk.session();
        if (session == null) {
            throw new AssertionError("an answer of nobody");
        }
        if (unflushed.isEmpty() || unflushed.get(unflushed.size() - 1) != session) {
            unflushed.add(session);
        }
        session.pace.sentNs = nowNs;
        session.pace.isMidFrame = chunk.isCut();
        meters.sent(chunk.bytes().position());
        session.socket.send(chunk);
    }
}
