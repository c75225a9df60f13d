package io.melin.gateway;

import io.melin.time.TimeSource;
import io.melin.wire.Code;
import io.melin.wire.FrameMemory;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * All sessions: who exists, whose turn it is.
 *
 * <p>G3: a place is used again only when every answer of its last session was handed over, so that
 * no answer meets a stranger. Threading: the ingress thread, but for {@link #at} and {@link #open}.
 */
final class Sessions {
    private static final int PLACE_BITS = 24;

    /** The top byte of a connection's number is the door's. */
    private static final long GENERATION_MASK = 0xFFFF_FFFFL;

    /** Enough for the bursts of some thirty connections at once. */
    private static final int MEMORY_BYTES_MAX = 1 << 22;

    private final GatewayMeters meters;
    private final TimeSource time;
    private final @Nullable Session[] places;
    private final ArrayDeque<Integer> free = new ArrayDeque<>();
    private final ArrayDeque<Session> turns = new ArrayDeque<>();
    private final Map<Long, Session> byClient = new HashMap<>();
    private final FrameMemory memory = new FrameMemory(MEMORY_BYTES_MAX);
    private volatile int open;
    private long generation;

    Sessions(int connectionsMax, TimeSource time, GatewayMeters meters) {
        this.time = time;
        this.meters = meters;
        // Places outlive their connections until the last answer is out.
        this.places = new @Nullable Session[2 * connectionsMax];
        for (int i = 0; i < places.length; i++) {
            free.add(i);
        }
    }

    /** A place for a connection, or null if none is free. */
    @Nullable Session add(Connection connection, int bodyBytesMax) {
        Integer place = free.poll();
        if (place == null) {
            return null;
        }
        generation = (generation + 1) & GENERATION_MASK;
        long id = generation << PLACE_BITS | place;
        Session session = new Session(id, connection, this, bodyBytesMax);
        session.pace.openedNs = nowNs();
        session.pace.receivedNs = session.pace.openedNs;
        session.pace.sentNs = session.pace.openedNs;
        places[place] = session;
        open++;
        return session;
    }

    /** What all of them read into while they hold much. */
    FrameMemory memory() {
        return memory;
    }

    /** Any thread that learned of the session over an edge: its place still holds it (G3). */
    Session at(long id) {
        Session session = places[(int) id & ((1 << PLACE_BITS) - 1)];
        if (session == null || session.id != id) {
            throw new AssertionError("G3: an answer without its session");
        }
        return session;
    }

    /** Connections that are open. Threading: any. */
    int open() {
        return open;
    }

    long nowNs() {
        return time.tickerNs();
    }

    void countReceived(int bytes) {
        meters.received(bytes);
    }

    /** The session has bytes, or something to say. */
    void wake(Session session) {
        if (!session.pace.isQueued) {
            session.pace.isQueued = true;
            turns.add(session);
        }
    }

    /** The session has the next turn; the others follow in their order. */
    void startWith(Session session) {
        while (session.pace.isQueued && turns.peek() != session) {
            turns.add(turns.remove());
        }
    }

    /** How many have a turn now. */
    int turns() {
        return turns.size();
    }

    /** The next one; it may {@link #wake} itself again. */
    Session next() {
        Session session = turns.remove();
        session.pace.isQueued = false;
        return session;
    }

    /** This session is that client from now on; the older one must go. */
    void claim(long client, Session session) {
        if (client == 0) {
            return;
        }
        Session older = byClient.put(client, session);
        if (older != null && older != session) {
            meters.dropped(Drop.SUPERSEDED);
            older.end(Code.SUPERSEDED, "the same client connected again");
        }
    }

    void closed(Session session) {
        open--;
        if (session.standing() instanceof Session.Identity who) {
            byClient.remove(who.client(), session);
        }
        wake(session);
    }

    /** Frees the place of a closed session once nothing of it is in the rings. */
    boolean release(Session session) {
        if (session.outstanding() > 0) {
            return false;
        }
        int place = (int) session.id & ((1 << PLACE_BITS) - 1);
        if (places[place] == session) {
            places[place] = null;
            free.add(place);
        }
        return true;
    }

    void forEach(Consumer<Session> action) {
        for (Session session : places) {
            if (session != null) {
                action.accept(session);
            }
        }
    }
}
