package io.melin.gateway;

import io.melin.app.Application;
import io.melin.app.Codec;
import io.melin.pipeline.Admitter;
import io.melin.pipeline.Door;
import io.melin.pipeline.Doors;
import io.melin.pipeline.LiveState;
import io.melin.pipeline.PipelineMeters;
import io.melin.ring.OutputSlot;
import io.melin.stage.Stage;
import io.melin.stage.Waiter;
import io.melin.stage.Wakeup;
import io.melin.time.TimeSource;
import io.melin.wire.FrameAssembler;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The door for clients on sockets. The ingress thread is the I/O thread: it reads, admits and
 * writes; the response thread only fills chunks.
 *
 * <p>G7: memory is bounded by the limits, whatever peers send or leave unread. G8: a connection
 * whose requests are not taken now is not read on, and no other connection waits for it.
 */
public final class GatewayDoor implements Door {
    /** Small, since each flush of a session begins one, and a slow ingress merges them late. */
    private static final int CHUNK_BYTES = 1 << 12;

    /** With so many bytes of answers unread a session's requests wait. */
    private static final int BEHIND_BYTES = 1 << 18;

    private static final int CONTROLS_BYTES_MAX = 8 << 20;

    /** With so many bytes and a whole frame at hand a session reads no more. */
    private static final int READ_BYTES_MAX = 1 << 16;

    /**
     * So often a poll reads where bytes are left: large events share a sync only if they are taken
     * in together. All sessions have their turn each time.
     */
    private static final int READS_MAX = 16;

    /** Between two looks at requests that find no room. */
    private static final long BLOCKED_REST_NS = 1_000_000;

    /**
     * @param number this door's place among the doors of the pipeline, from 1
     * @param payloadBytesMax largest event
     */
    public record Config(int number, int payloadBytesMax, GatewayConfig gateway) {}

    /**
     * @param keys who may connect; null takes everybody
     */
    public record Ports(
            Transport transport,
            Protocol protocol,
            Codec<?> events,
            @Nullable AuthorizedKeys keys,
            TimeSource time,
            PipelineMeters pipelineMeters,
            GatewayMeters meters) {}

    private final Transport transport;
    private final Parts parts;
    private volatile Wakeup ingress = Wakeup.NONE;

    /** What it is made of, each the part of one thread. */
    private record Parts(
            Sessions sessions,
            PendingQueries queries,
            Answers answers,
            Sender sender,
            Login login,
            Intake intake,
            Upkeep upkeep,
            Greeter greeter) {}

    public GatewayDoor(Config config, Ports ports) {
        transport = ports.transport();
        GatewayConfig gateway = config.gateway();
        GatewayLimits limits = gateway.limits();
        BackgroundStage background = new BackgroundStage(ports.keys(), ports.time());
        Sessions sessions = new Sessions(limits.connections(), ports.time(), ports.meters());
        PendingQueries queries = new PendingQueries(limits.queries(), limits.backlogBytes());
        ChunkPool pool = new ChunkPool(transport, CHUNK_BYTES, limits.backlogBytesTotal());
        Answers answers =
                new Answers(limits, new Answers.Ports(sessions, queries, ports.protocol(), pool));
        Sender sender = new Sender(answers, pool, ports.time(), ports.meters());
        Controls controls =
                new Controls(new ChunkPool(transport, Controls.CHUNK_BYTES, CONTROLS_BYTES_MAX));
        Login login =
                new Login(
                        new Login.Config(
                                gateway.server(),
                                config.payloadBytesMax(),
                                limits.window(),
                                (int) gateway.timeouts().idle().toMillis()),
                        new Login.Ports(
                                sessions, controls, ports.keys(), background, ports.meters()));
        Intake intake =
                new Intake(
                        new Intake.Config(
                                config.number(),
                                config.payloadBytesMax(),
                                limits.window(),
                                Math.min(BEHIND_BYTES, limits.backlogBytes() / 2),
                                gateway.timeouts().overload().toNanos()),
                        new Intake.Ports(
                                ports.protocol(),
                                ports.events(),
                                queries,
                                login,
                                controls,
                                sender,
                                ports.pipelineMeters()));
        Upkeep upkeep =
                new Upkeep(
                        gateway.timeouts(),
                        new Upkeep.Ports(sessions, login, controls, ports.keys(), ports.meters()));
        Greeter greeter =
                new Greeter(
                        limits.connections(),
                        new Greeter.Ports(
                                sessions, login, controls, upkeep, background, ports.meters()));
        parts = new Parts(sessions, queries, answers, sender, login, intake, upkeep, greeter);
    }

    @Override
    public void wire(Wakeup wakeup, Wakeup own) {
        ingress = wakeup;
        parts.login().wire(wakeup);
        parts.greeter().background().wire(own);
    }

    @Override
    public Waiter waiter() {
        return transport.waiter();
    }

    @Override
    public Stage background() {
        return parts.greeter().background();
    }

    /** Where clients connect to. */
    public InetSocketAddress address() {
        return transport.address();
    }

    /** What serves its sockets. */
    public TransportKind transport() {
        return transport.kind();
    }

    /** Connections that are open. */
    public int connections() {
        return parts.sessions().open();
    }

    @Override
    public void enter() {
        transport.open(parts.greeter(), parts.greeter().background());
    }

    @Override
    public void leave() {
        transport.close();
    }

    @Override
    public int poll(Admitter admitter, int limit) {
        int work = parts.sender().drain(); // before a system call that answers would wait for
        int served = 0;
        int before;
        int reads = 0;
        do {
            before = served;
            work += transport.poll();
            work += parts.login().settle();
            served += serve(admitter, limit - served);
            reads++;
        } while (transport.hasMore() && served > before && served < limit && reads < READS_MAX);
        parts.upkeep().run();
        return work + served;
    }

    /** The first one for whom no room was left begins the next time: what there is goes round. */
    private int serve(Admitter admitter, int limit) {
        Sessions sessions = parts.sessions();
        Session blocked = null;
        int served = 0;
        int before = -1;
        while (served < limit && served > before) {
            before = served;
            for (int left = sessions.turns(); left > 0 && served < limit; left--) {
                Session session = sessions.next();
                int done = parts.intake().serve(session, admitter);
                served += done;
                settle(session);
                boolean gotNothing = done == 0 && session.pace.blockedNs != 0;
                blocked = blocked == null && gotNothing ? session : blocked;
            }
        }
        if (blocked != null) {
            sessions.startWith(blocked);
        }
        return served;
    }

    /** Whether the session needs another turn, and whether to read on (G8). */
    private void settle(Session session) {
        if (session.is(Session.State.CLOSED)) {
            if (!parts.sessions().release(session)) {
                parts.sessions().wake(session);
            }
            return;
        }
        boolean hasFrame =
                session.inbound.buffered() > 0
                        && session.inbound.peek() != FrameAssembler.Verdict.INCOMPLETE;
        if (hasFrame || session.refused() != null) {
            parts.sessions().wake(session);
        }
        boolean isKnown = session.is(Session.State.READY);
        session.pace.isHeld =
                hasFrame && (!isKnown || session.inbound.buffered() >= READ_BYTES_MAX);
        session.socket.reading(!session.pace.isHeld);
    }

    /** Nobody signals when a request has waited for room too long. */
    @Override
    public long restNs() {
        return parts.sessions().turns() > 0 ? BLOCKED_REST_NS : Long.MAX_VALUE;
    }

    @Override
    public void ask(long correlation, Application<?, ?> application, LiveState live) {
        parts.queries().at(correlation).answer(application, live);
    }

    @Override
    public void deliver(OutputSlot slot, ByteBuffer payload) {
        parts.answers().deliver(Doors.local(slot.connection()), slot, payload);
    }

    @Override
    public void flush() {
        if (parts.answers().flush()) {
            ingress.signal();
        }
    }

    @Override
    public int inFlight() {
        return parts.sender().inFlight();
    }

    @Override
    public void close(@Nullable Throwable cause) {
        transport.abandon();
    }
}
