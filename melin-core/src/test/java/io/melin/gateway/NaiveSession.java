package io.melin.gateway;

import io.melin.wire.Code;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What docs/protocol.md promises for a stream of bytes, in the plainest way: one array, one loop, no
 * code of the session. The requests are those of {@link Probe}, the node takes all of them.
 */
final class NaiveSession {
    private static final int HEADER = 9;
    private static final int HEARTBEAT = 0x01;
    private static final int IDENTIFY = 0x09;
    private static final int HIGHEST = 0x22;

    /** Beyond it a peer may be dropped for what it has not read. */
    private static final long ANSWER_BYTES_SURE = 1 << 16;

    /**
     * @param code null for END
     * @param reports frames before it
     */
    record Ending(long request, @Nullable Code code, int reports) {}

    final List<Ending> endings = new ArrayList<>();
    int readies;
    boolean isViolated;

    /** It asked for so much at once that it may have been dropped. */
    boolean mayBeDropped;

    private final Map<Long, byte[]> firsts = new HashMap<>();
    private final int answerBytesMax;
    private final boolean isOpen;
    private long client;
    private boolean hasAsked;

    /**
     * @param client 0 where authentication is off, and anyone may say who it is
     */
    NaiveSession(long client, int answerBytesMax) {
        this.client = client;
        this.isOpen = client == 0;
        this.answerBytesMax = answerBytesMax;
        readies = 1;
    }

    /** All frames from there on. */
    void read(byte[] stream, int from) {
        ByteBuffer bytes = ByteBuffer.wrap(stream).order(ByteOrder.LITTLE_ENDIAN).position(from);
        while (bytes.remaining() >= Integer.BYTES && !isViolated) {
            int length = bytes.getInt();
            if (length < 1 || length > FakePipeline.PAYLOAD_BYTES_MAX + HEADER) {
                isViolated = true;
            } else if (bytes.remaining() < length) {
                return;
            } else {
                byte[] body = new byte[length];
                bytes.get(body);
                isViolated = !frame(body);
            }
        }
    }

    private boolean frame(byte[] body) {
        if (body.length < HEADER) {
            return false;
        }
        long number = ByteBuffer.wrap(body).order(ByteOrder.LITTLE_ENDIAN).getLong();
        byte[] payload = Arrays.copyOfRange(body, HEADER, body.length);
        int tag = body[HEADER - 1];
        switch (tag) {
            case HEARTBEAT -> {}
            case IDENTIFY -> {
                return identifies(payload);
            }
            case HIGHEST -> taken(new Ending(number, null, 1));
            default -> request(number, tag, payload);
        }
        return true;
    }

    private boolean identifies(byte[] payload) {
        if (!isOpen || client != 0 || hasAsked || payload.length != Long.BYTES) {
            return false;
        }
        client = fields(payload).getLong();
        readies++;
        return client != 0;
    }

    private void request(long number, int tag, byte[] payload) {
        if (tag < 0x10 || tag > 0x2F) {
            refused(number, Code.UNKNOWN_TAG);
            return;
        }
        switch (tag) {
            case Probe.EVENT -> event(number, payload);
            case Probe.QUERY, Probe.THROWING_QUERY, Probe.HALF_QUERY -> query(number, tag, payload);
            case Probe.FORBIDDEN -> refused(number, Code.FORBIDDEN);
            case Probe.IGNORED -> {}
            case Probe.THROWING_DECODER, Probe.LYING_DECODER -> refused(number, Code.MALFORMED);
            default -> refused(number, Code.UNKNOWN_TAG);
        }
    }

    private void refused(long number, Code code) {
        endings.add(new Ending(number, code, 0));
    }

    private void taken(Ending ending) {
        endings.add(ending);
        hasAsked = true;
    }

    private void event(long number, byte[] payload) {
        if (payload.length < Probe.BYTES) {
            refused(number, Code.MALFORMED);
            return;
        }
        int count = fields(payload).getInt(1);
        int bytes = fields(payload).getInt(5);
        int kind = payload[0];
        boolean isKnown = kind >= Probe.APPLIED && kind <= Probe.UNSPEAKABLE;
        if (!isKnown
                || count < 0
                || count > Probe.COUNT_MAX
                || bytes < Probe.REPORT_BYTES_MIN
                || bytes > Probe.REPORT_BYTES_MAX) {
            refused(number, Code.MALFORMED);
            return;
        }
        if (client != 0 && number != 0) {
            byte[] first = firsts.putIfAbsent(number, payload);
            if (first != null && !Arrays.equals(first, payload)) {
                taken(new Ending(number, Code.ID_CONFLICT, 0));
                return;
            }
        }
        if (kind == Probe.REJECTED) {
            taken(new Ending(number, Code.REJECTED, 0));
        } else if (kind == Probe.UNSPEAKABLE && count > 0) {
            taken(new Ending(number, Code.UNKNOWN_OUTCOME, 0));
        } else {
            taken(new Ending(number, null, count));
        }
    }

    private void query(long number, int tag, byte[] payload) {
        if (payload.length < Probe.BYTES) {
            refused(number, Code.MALFORMED);
            return;
        }
        int count = Math.max(0, fields(payload).getInt(1));
        int bytes = fields(payload).getInt(5);
        long all = count * (bytes + 5L);
        boolean isWhole = count == 0 || bytes >= Probe.REPORT_BYTES_MIN && all <= answerBytesMax;
        boolean isAnswered = tag == Probe.QUERY && isWhole;
        mayBeDropped |= isAnswered && all > ANSWER_BYTES_SURE;
        taken(new Ending(number, isAnswered ? null : Code.QUERY_FAILED, isAnswered ? count : 0));
    }

    private static ByteBuffer fields(byte[] payload) {
        return ByteBuffer.wrap(payload).order(ByteOrder.LITTLE_ENDIAN);
    }
}
