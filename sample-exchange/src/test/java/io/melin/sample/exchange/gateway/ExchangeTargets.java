package io.melin.sample.exchange.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.melin.gateway.FrameSink;
import io.melin.gateway.GatewayQuery;
import io.melin.gateway.Protocol.Decoded;
import io.melin.gateway.RequestSink;
import io.melin.sample.exchange.wire.ExchangeEventCodec;
import io.melin.sample.exchange.wire.ExchangeReport;
import io.melin.sample.exchange.wire.ExchangeReportCodec;
import io.melin.wire.ResponseFrame;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What each decoder of the exchange must do with any bytes at all: refuse them, or give a value that
 * becomes the same bytes again. Nothing is thrown; P1 of ExchangeProtocol, E1 of
 * ExchangeEventCodec.
 */
final class ExchangeTargets {
    static final Map<String, Predicate<byte[]>> ALL =
            Map.of(
                    "request", ExchangeTargets::request,
                    "event", ExchangeTargets::event,
                    "report", ExchangeTargets::report);

    /** A query is an object, and so is the sink of this test. */
    private static final long ALLOCATED_BYTES_MAX = 1 << 10;

    private static final int RUNS = 3;

    private static final int BEFORE = 3;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private ExchangeTargets() {}

    /** A tag, then the payload. Of an event it is the codec's word that counts, as at a gateway. */
    static boolean request(byte[] bytes) {
        if (bytes.length == 0) {
            return false;
        }
        ByteBuffer payload = inAStream(Arrays.copyOfRange(bytes, 1, bytes.length));
        Given given = new Given();
        ExchangeProtocol protocol = new ExchangeProtocol();
        Decoded decoded = protocol.decode(bytes[0], payload.duplicate(), given);

        assertThat(allocated(() -> protocol.decode(bytes[0], payload.duplicate(), new Given())))
                .isLessThan(ALLOCATED_BYTES_MAX);
        ByteBuffer event = given.event;
        assertThat(event != null).isEqualTo(decoded == Decoded.EVENT);
        assertThat(given.query != null).isEqualTo(decoded == Decoded.QUERY);
        if (event != null) {
            byte[] copy = new byte[event.remaining()];
            event.duplicate().get(copy);
            return event(copy);
        }
        return decoded == Decoded.QUERY;
    }

    static boolean event(byte[] bytes) {
        ExchangeEventCodec codec = new ExchangeEventCodec();
        ByteBuffer in = inAStream(bytes);
        if (!codec.isValid(in.duplicate())) {
            return false;
        }
        var event = codec.decode(in, codec.version());
        assertThat(event.kind()).isNotNull();
        ByteBuffer out = ByteBuffer.allocate(codec.size(event));
        codec.encode(event, out);
        assertThat(out.array()).isEqualTo(bytes);
        return true;
    }

    /** One that is valid has a frame of its own, as long as it was begun. */
    static boolean report(byte[] bytes) {
        ExchangeReportCodec codec = new ExchangeReportCodec();
        ByteBuffer in = inAStream(bytes);
        if (!codec.isValid(in.duplicate())) {
            return false;
        }
        ExchangeReport report = codec.decode(in.duplicate(), codec.version());
        ByteBuffer out = ByteBuffer.allocate(codec.size(report));
        codec.encode(report, out);
        assertThat(out.array()).isEqualTo(bytes);
        Given given = new Given();
        new ExchangeProtocol().encode(in, given);
        assertThat(given.frames).isEqualTo(1);
        return true;
    }

    /** The least of several runs: a first one loads classes, and a fuzzer changes them. */
    private static long allocated(Runnable pure) {
        long least = Long.MAX_VALUE;
        for (int run = 0; run < RUNS; run++) {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            pure.run();
            least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
        }
        return least;
    }

    /** As it lies in a received stream: other bytes before it, and behind the limit. */
    private static ByteBuffer inAStream(byte[] bytes) {
        byte[] stream = new byte[BEFORE + bytes.length + Long.BYTES * 8];
        Arrays.fill(stream, (byte) 0x55);
        System.arraycopy(bytes, 0, stream, BEFORE, bytes.length);
        return ByteBuffer.wrap(stream, BEFORE, bytes.length).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Whatever a protocol gives on. */
    private static final class Given implements RequestSink, FrameSink {
        private final ByteBuffer scratch = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
        private final ByteBuffer frame = ByteBuffer.allocate(128).order(ByteOrder.LITTLE_ENDIAN);
        @Nullable ByteBuffer event;
        @Nullable GatewayQuery query;
        int frames;
        private int frameEnd;

        @Override
        public Decoded event(ByteBuffer given) {
            event = given;
            return Decoded.EVENT;
        }

        @Override
        public Decoded query(GatewayQuery given) {
            query = given;
            return Decoded.QUERY;
        }

        @Override
        public ByteBuffer scratch() {
            return scratch.clear();
        }

        @Override
        public ByteBuffer begin(byte tag, int payloadBytes) {
            frameEnd = ResponseFrame.PAYLOAD + payloadBytes;
            return ResponseFrame.begin(frame.clear(), tag, payloadBytes);
        }

        @Override
        public void end() {
            assertThat(frame.position()).isEqualTo(frameEnd);
            frames++;
        }
    }
}
