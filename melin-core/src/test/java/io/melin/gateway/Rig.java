package io.melin.gateway;

import io.melin.pipeline.PipelineConfig;
import io.melin.pipeline.PipelineMeters;
import io.melin.pipeline.TraceConfig;
import io.melin.wire.IdentifyFrame;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** A gateway between sockets and a pipeline that are moved on by hand. */
final class Rig {
    static final GatewayTimeouts TIMEOUTS =
            new GatewayTimeouts(
                    Duration.ofMillis(500),
                    Duration.ofSeconds(3),
                    Duration.ofSeconds(1),
                    Duration.ofMillis(700),
                    Duration.ofMillis(100));

    private static final PipelineConfig FEW_SLOTS =
            new PipelineConfig(1 << 8, 1 << 17, 1 << 8, 1 << 17);

    /** What decoders throw here is thrown on purpose. */
    private static final Logger QUIET = Logger.getLogger("io.melin.gateway");

    static {
        QUIET.setLevel(Level.OFF);
    }

    final ManualTicker clock = new ManualTicker();
    final FakeTransport transport = new FakeTransport();
    final FakePipeline node = new FakePipeline();
    final GatewayMeters meters = new GatewayMeters();
    final GatewayDoor door;

    Rig(GatewayLimits limits) {
        this(limits, null);
    }

    Rig(GatewayLimits limits, @Nullable AuthorizedKeys keys) {
        GatewayConfig gateway =
                GatewayConfig.of(GatewayNode.FREE_PORT).withLimits(limits).withTimeouts(TIMEOUTS);
        door =
                new GatewayDoor(
                        new GatewayDoor.Config(1, FakePipeline.PAYLOAD_BYTES_MAX, gateway),
                        new GatewayDoor.Ports(
                                transport,
                                new Probe(),
                                Probe.CODEC,
                                keys,
                                clock,
                                new PipelineMeters(TraceConfig.DEFAULT, FEW_SLOTS),
                                meters));
        door.enter();
    }

    static GatewayLimits limits(int connections, int window) {
        return new GatewayLimits(connections, window, 1 << 20, 16 << 20, 8);
    }

    /** A connection that has identified itself. */
    FakeSocket client(long number) {
        FakeSocket socket = transport.connect();
        socket.sends(identify(number));
        ingress();
        return socket;
    }

    static ByteBuffer identify(long client) {
        ByteBuffer frame = RawClient.buffer(IdentifyFrame.FRAME_BYTES);
        IdentifyFrame.write(frame, client);
        return frame;
    }

    int ingress() {
        return door.poll(node, 1_024);
    }

    int application(int limit) {
        return node.application(door, limit);
    }

    int response(int limit) {
        return node.response(door, limit);
    }

    int background() {
        try {
            return door.background().doWork();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** Everything, until nothing moves any more. */
    void settle() {
        while (ingress() + application(1_024) + response(1_024) + background() > 0) {
            // the condition works
        }
    }

    /** Time goes by in steps in which nothing is overlooked. */
    void pass(Duration time) {
        Duration step = Duration.ofMillis(25);
        for (Duration left = time; !left.isNegative() && !left.isZero(); left = left.minus(step)) {
            clock.pass(step);
            settle();
        }
    }
}
