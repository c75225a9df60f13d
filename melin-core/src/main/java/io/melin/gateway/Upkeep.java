package io.melin.gateway;

import io.melin.gateway.Session.State;
import io.melin.wire.Code;
import io.melin.wire.Role;
import java.util.ArrayDeque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Looks after sessions that do nothing: silent, stuck, revoked or leaving. Threading: the ingress.
 */
final class Upkeep {
    private static final long EVERY_NS = 20_000_000;

    /** More connections than these do not linger until they have read why. */
    private static final int SHED_MAX = 1_024;

    record Ports(
            Sessions sessions,
            Login login,
            Controls controls,
            @Nullable AuthorizedKeys keys,
            GatewayMeters meters) {}

    /** The same times in nanoseconds. */
    private record Times(long handshake, long idle, long heartbeat, long stall) {}

    /** A connection without a session, until its last frame is out. */
    private record Shed(Connection socket, long sinceNs) {}

    private final Ports ports;
    private final Times times;
    private final ArrayDeque<Shed> shed = new ArrayDeque<>();
    private final Consumer<Session> recheck = this::recheck;
    private final Consumer<Session> look = this::look;
    private int keysSeen;
    private long doneNs;
    private long nowNs;

    Upkeep(GatewayTimeouts timeouts, Ports ports) {
        this.ports = ports;
        this.times =
                new Times(
                        timeouts.handshake().toNanos(),
                        timeouts.idle().toNanos(),
                        timeouts.heartbeat().toNanos(),
                        timeouts.stall().toNanos());
        this.keysSeen = generation();
    }

    private int generation() {
        AuthorizedKeys keys = ports.keys();
        return keys == null ? 0 : keys.generation();
    }

    /** A connection that was told to come back later. */
    void shed(Connection socket) {
        if (shed.size() == SHED_MAX) {
            shed.remove().socket().close();
        }
        shed.add(new Shed(socket, ports.sessions().nowNs()));
    }

    void run() {
        nowNs = ports.sessions().nowNs();
        if (nowNs - doneNs < EVERY_NS) {
            return;
        }
        doneNs = nowNs;
        int generation = generation();
        if (generation != keysSeen) {
            keysSeen = generation;
            ports.sessions().forEach(recheck);
        }
        ports.sessions().forEach(look);
        while (!shed.isEmpty() && nowNs - shed.element().sinceNs() >= times.stall()) {
            shed.remove().socket().close();
        }
    }

    private void recheck(Session session) {
        AuthorizedKeys keys = ports.keys();
        if (keys == null || !session.is(State.READY)) {
            return;
        }
        byte[] key = session.identity().publicKey();
        Role now = key == null ? null : keys.role(key);
        if (now != session.identity().role()) {
            ports.login().refuse(session, Drop.REVOKED);
        }
    }

    private void look(Session session) {
        switch (session.state()) {
            case AUTHENTICATING, VERIFYING -> {
                if (nowNs - session.pace.openedNs >= times.handshake()) {
                    ports.login().refuse(session, Drop.AUTHENTICATION);
                }
            }
            case READY -> {
                if (!dropStuck(session)) {
                    silence(session);
                }
            }
            case CLOSING -> {
                if (nowNs - session.pace.closingNs >= times.stall()) {
                    session.socket.close();
                }
            }
            case CLOSED -> {}
        }
    }

    /** A peer that takes nothing is of no use, and its answers are in the way of others. */
    private boolean dropStuck(Session session) {
        if (session.egress.isOver()) {
            return drop(session, Drop.BACKLOG);
        }
        Session.Pace pace = session.pace;
        long progress = session.socket.progress();
        if (session.socket.pending() == 0 || progress != pace.progress || pace.progressNs == 0) {
            pace.progress = progress;
            pace.progressNs = nowNs;
            return false;
        }
        return nowNs - pace.progressNs >= times.stall() && drop(session, Drop.STALLED);
    }

    private boolean drop(Session session, Drop reason) {
        ports.meters().dropped(reason);
        session.socket.close();
        return true;
    }

    /** What is not read cannot be heard: a session that is held back is not idle. */
    private void silence(Session session) {
        if (session.pace.isHeld || session.pace.blockedNs != 0) {
            session.pace.receivedNs = nowNs;
        }
        if (nowNs - session.pace.receivedNs >= times.idle()) {
            ports.meters().dropped(Drop.IDLE);
            session.end(Code.IDLE, "no byte for too long");
        } else if (nowNs - session.pace.sentNs >= times.heartbeat()
                && session.socket.pending() == 0
                && !session.pace.isMidFrame) {
            session.pace.sentNs = nowNs;
            ports.controls().heartbeat(session.socket);
        }
    }
}
