package io.melin.client;

import io.melin.wire.BusyFrame;
import io.melin.wire.Code;
import io.melin.wire.EndFrame;
import io.melin.wire.ErrorFrame;
import io.melin.wire.Tag;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The frame that ends a request, or the connection.
 *
 * @param request 0 for the connection
 * @param code null with END, and for a number that this version does not know
 * @param number the code as it was sent; 0 with END
 * @param text empty but with ERROR
 */
record Terminator(
        long request,
        @Nullable Code code,
        int number,
        long sequence,
        long timeNs,
        boolean isDuplicate,
        String text) {

    boolean isEnd() {
        return number == 0;
    }

    /** Reads the payload of an END, ERROR or BUSY; null if it is none. */
    static @Nullable Terminator read(byte tag, ByteBuffer payload) {
        return switch (tag) {
            case Tag.END -> end(payload);
            case Tag.ERROR -> error(payload);
            case Tag.BUSY -> busy(payload);
            default -> null;
        };
    }

    private static @Nullable Terminator end(ByteBuffer payload) {
        int start = payload.position();
        if (payload.remaining() != EndFrame.END) {
            return null;
        }
        return new Terminator(
                payload.getLong(start + EndFrame.REQUEST),
                null,
                0,
                payload.getLong(start + EndFrame.SEQUENCE),
                payload.getLong(start + EndFrame.TIME_NS),
                isDuplicate(payload.get(start + EndFrame.FLAGS)),
                "");
    }

    private static @Nullable Terminator error(ByteBuffer payload) {
        int start = payload.position();
        int textBytes = payload.remaining() - ErrorFrame.TEXT;
        if (textBytes < 0 || textBytes > ErrorFrame.TEXT_BYTES_MAX) {
            return null;
        }
        byte number = payload.get(start + ErrorFrame.CODE);
        if (number == 0) {
            return null;
        }
        byte[] text = new byte[textBytes];
        payload.get(start + ErrorFrame.TEXT, text);
        return new Terminator(
                payload.getLong(start + ErrorFrame.REQUEST),
                Code.of(number),
                number,
                payload.getLong(start + ErrorFrame.SEQUENCE),
                payload.getLong(start + ErrorFrame.TIME_NS),
                isDuplicate(payload.get(start + ErrorFrame.FLAGS)),
                new String(text, StandardCharsets.UTF_8));
    }

    /** BUSY says "surely not applied": with any code but a refusal it would be a false word. */
    private static @Nullable Terminator busy(ByteBuffer payload) {
        int start = payload.position();
        if (payload.remaining() != BusyFrame.END) {
            return null;
        }
        Code code = Code.of(payload.get(start + BusyFrame.CODE));
        long request = payload.getLong(start + BusyFrame.REQUEST);
        if (code == null || (request == 0 ? !code.endsConnection() : code.refusal() == null)) {
            return null;
        }
        return new Terminator(request, code, code.number(), 0, 0, false, "");
    }

    private static boolean isDuplicate(byte flags) {
        return (flags & EndFrame.DUPLICATE) != 0;
    }

    @Override
    public String toString() {
        String name = code == null ? "code " + number : code.name();
        return text.isEmpty() ? name : name + ": " + text;
    }
}
