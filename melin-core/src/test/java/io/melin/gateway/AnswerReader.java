package io.melin.gateway;

import io.melin.wire.BusyFrame;
import io.melin.wire.ChallengeFrame;
import io.melin.wire.Code;
import io.melin.wire.EndFrame;
import io.melin.wire.ErrorFrame;
import io.melin.wire.ReadyFrame;
import io.melin.wire.Tag;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A peer's side of the stream: cuts what the server sends into frames, and frames into answers. */
final class AnswerReader {
    private static final int FRAME_BYTES_MAX = 8 << 20;

    /**
     * How a request ended.
     *
     * @param code null for END
     * @param reports payloads of the frames before
     */
    record Answer(long request, @Nullable Code code, boolean isDuplicate, List<byte[]> reports) {}

    final ArrayDeque<Answer> answers = new ArrayDeque<>();
    @Nullable ChallengeFrame challenge;
    @Nullable ReadyFrame ready;

    /** What ended the connection, if the server said so. */
    @Nullable Code ended;

    int readies;
    int heartbeats;
    boolean isRefused;
    private List<byte[]> reports = new ArrayList<>();
    private byte[] bytes = new byte[1 << 12];
    private int tail;

    void add(byte[] more, int from, int count) {
        if (bytes.length - tail < count) {
            bytes = Arrays.copyOf(bytes, 2 * (tail + count));
        }
        System.arraycopy(more, from, bytes, tail, count);
        tail += count;
        int head = 0;
        ByteBuffer view = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        while (tail - head >= Integer.BYTES) {
            int length = view.getInt(head);
            if (length < 1 || length > FRAME_BYTES_MAX) {
                throw new AssertionError("the server sent no frame: length=" + length);
            }
            if (tail - head - Integer.BYTES < length) {
                break;
            }
            int start = head + Integer.BYTES + 1;
            frame(bytes[start - 1], view.slice(start, length - 1).order(ByteOrder.LITTLE_ENDIAN));
            head += Integer.BYTES + length;
        }
        System.arraycopy(bytes, head, bytes, 0, tail - head);
        tail -= head;
    }

    /** Bytes of a frame that did not come to its end. */
    int unfinished() {
        return tail;
    }

    private void frame(byte tag, ByteBuffer payload) {
        switch (tag) {
            case Tag.HEARTBEAT -> heartbeats++;
            case Tag.CHALLENGE -> challenge = ChallengeFrame.read(payload);
            case Tag.AUTHENTICATION_FAILED -> isRefused = true;
            case Tag.READY -> {
                ready = ReadyFrame.read(payload);
                readies++;
            }
            case Tag.END -> {
                require(EndFrame.isValid(payload), payload);
                boolean again = payload.get(EndFrame.FLAGS) == EndFrame.DUPLICATE;
                end(payload.getLong(EndFrame.REQUEST), null, again);
            }
            case Tag.ERROR -> {
                require(ErrorFrame.isValid(payload), payload);
                boolean again = payload.get(ErrorFrame.FLAGS) == EndFrame.DUPLICATE;
                end(payload.getLong(), Code.of(payload.get(ErrorFrame.CODE)), again);
            }
            case Tag.BUSY -> {
                require(BusyFrame.isValid(payload), payload);
                end(payload.getLong(), Code.of(payload.get(BusyFrame.CODE)), false);
            }
            default -> report(tag, payload);
        }
    }

    private static void require(boolean isValid, ByteBuffer payload) {
        if (!isValid) {
            throw new AssertionError("the server sent a frame that its layout forbids: " + payload);
        }
    }

    private void report(byte tag, ByteBuffer payload) {
        if (tag < Tag.RESPONSE_FIRST || tag > Tag.RESPONSE_LAST) {
            throw new AssertionError("the server sent a frame of no kind: tag=" + tag);
        }
        byte[] copy = new byte[payload.remaining()];
        payload.get(copy);
        reports.add(copy);
    }

    private void end(long request, @Nullable Code code, boolean isDuplicate) {
        if (code != null && code.endsConnection()) {
            ended = code;
            return;
        }
        answers.add(new Answer(request, code, isDuplicate, reports));
        reports = new ArrayList<>();
    }
}
