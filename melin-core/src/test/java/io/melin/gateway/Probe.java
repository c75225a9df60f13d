package io.melin.gateway;

import io.melin.app.Application;
import io.melin.app.Codec;
import io.melin.wire.RequestFrame;
import io.melin.wire.ResponseFrame;
import io.melin.wire.Role;
import io.melin.wire.Tag;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Requests that say themselves what is to become of them, and the protocol that carries them.
 *
 * <pre>
 * offset size field
 *      0    1 kind          as below
 *      1    4 count         reports, or frames of a query's answer
 *      5    4 bytes         of each, 12 or more
 *      9    8 nonce         what each begins with
 * </pre>
 */
final class Probe implements Protocol {
    static final int BYTES = 17;
    static final int REPORT_BYTES_MAX = 16_000;
    static final int COUNT_MAX = 64;
    static final int REPORT_BYTES_MIN = Long.BYTES + Integer.BYTES;

    static final byte APPLIED = 0;
    static final byte REJECTED = 1;

    /** Its reports cannot be encoded. */
    static final byte UNSPEAKABLE = 2;

    static final byte EVENT = Tag.REQUEST_FIRST;
    static final byte QUERY = 0x11;
    static final byte THROWING_QUERY = 0x12;

    /** Its query begins a frame and does not end it. */
    static final byte HALF_QUERY = 0x13;

    static final byte FORBIDDEN = 0x14;
    static final byte IGNORED = 0x15;
    static final byte THROWING_DECODER = 0x16;

    /** Its decoder says EVENT and gives none. */
    static final byte LYING_DECODER = 0x17;

    static final byte NOBODYS = 0x2E;

    static final Codec<byte[]> CODEC =
            new Codec<>() {
                @Override
                public int version() {
                    return 1;
                }

                @Override
                public int size(byte[] value) {
                    return value.length;
                }

                @Override
                public void encode(byte[] value, ByteBuffer out) {
                    out.put(value);
                }

                @Override
                public boolean isValid(ByteBuffer in) {
                    int start = in.position();
                    return in.remaining() >= BYTES
                            && in.get(start) >= APPLIED
                            && in.get(start) <= UNSPEAKABLE
                            && isBetween(0, in.getInt(start + 1), COUNT_MAX)
                            && isBetween(REPORT_BYTES_MIN, in.getInt(start + 5), REPORT_BYTES_MAX);
                }

                private boolean isBetween(int least, int value, int most) {
                    return value >= least && value <= most;
                }

                @Override
                public byte[] decode(ByteBuffer in, int version) {
                    byte[] bytes = new byte[in.remaining()];
                    in.get(bytes);
                    return bytes;
                }
            };

    /** A request's frame. */
    static ByteBuffer frame(long number, byte tag, byte kind, int count, int bytes, long nonce) {
        ByteBuffer frame = RawClient.buffer(RequestFrame.PAYLOAD + BYTES);
        RequestFrame.begin(frame, number, tag, BYTES).put(kind);
        return frame.putInt(count).putInt(bytes).putLong(nonce);
    }

    /** An event with one small report. */
    static ByteBuffer event(long number) {
        return frame(number, EVENT, APPLIED, 1, REPORT_BYTES_MIN, number);
    }

    /** An event with a payload that its codec does not take. */
    static ByteBuffer malformed(long number) {
        return RawClient.request(number, EVENT, new byte[3]);
    }

    /** What a report is. */
    static byte[] report(int bytes, long nonce, int index) {
        byte[] report = new byte[bytes];
        Arrays.fill(report, (byte) (nonce + index));
        ByteBuffer.wrap(report).putLong(nonce).putInt(index);
        return report;
    }

    @Override
    public boolean permits(Role role, byte tag) {
        return tag != FORBIDDEN;
    }

    @Override
    public Decoded decode(byte tag, ByteBuffer payload, RequestSink to) {
        return switch (tag) {
            case EVENT -> to.event(payload);
            case QUERY, THROWING_QUERY, HALF_QUERY -> {
                if (payload.remaining() < BYTES) {
                    yield Decoded.MALFORMED;
                }
                int start = payload.position();
                int count = payload.getInt(start + 1);
                int bytes = payload.getInt(start + 5);
                long nonce = payload.getLong(start + 9);
                yield to.query(
                        (application, live, sink) -> ask(tag, count, new Size(bytes, nonce), sink));
            }
            case IGNORED -> Decoded.IGNORED;
            case THROWING_DECODER -> throw new IllegalArgumentException("not total");
            case LYING_DECODER -> Decoded.EVENT;
            default -> Decoded.UNKNOWN_TAG;
        };
    }

    private record Size(int bytes, long nonce) {}

    private static void ask(byte tag, int count, Size size, FrameSink sink) {
        for (int i = 0; i < count; i++) {
            sink.begin(Tag.RESPONSE_FIRST, size.bytes()).put(report(size.bytes(), size.nonce(), i));
            sink.end();
        }
        if (tag == THROWING_QUERY) {
            throw new IllegalStateException("no such book");
        }
        if (tag == HALF_QUERY) {
            sink.begin(Tag.RESPONSE_FIRST, 100).putInt(1);
        }
    }

    @Override
    public void encode(ByteBuffer report, FrameSink to) {
        int bytes = report.remaining();
        if (bytes < REPORT_BYTES_MIN) {
            to.begin(Tag.REPORT, ResponseFrame.PAYLOAD + 100).put(report);
            throw new IllegalStateException("a report that has no frame");
        }
        to.begin(Tag.REPORT, bytes).put(report);
        to.end();
    }

    @Override
    public Protocol fresh() {
        return this;
    }

    /** Nothing looks at it. */
    static final Application<byte[], byte[]> APPLICATION =
            new Application<>() {
                @Override
                public void apply(
                        byte[] event,
                        io.melin.app.EventContext context,
                        io.melin.app.Reports<byte[]> reports) {}

                @Override
                public Application<byte[], byte[]> fresh() {
                    return this;
                }

                @Override
                public void snapshot(io.melin.app.SnapshotWriter out) {}

                @Override
                public void restore(io.melin.app.SnapshotReader in, int version) {}
            };
}
