package io.melin.apply;

import io.melin.event.EventHeader;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** One event of a history, as a journal would give it. */
record LoggedEvent(
        byte kind,
        byte idScheme,
        long idHigh,
        long idLow,
        long sequence,
        long timeNs,
        byte[] payload) {
    static final int CODEC_VERSION = 7;

    EventHeader header() {
        return new EventHeader().event(kind, sequence, timeNs).id(idScheme, idHigh, idLow);
    }

    /** The payload somewhere inside a buffer of a kind and order that the sequence decides. */
    ByteBuffer buffer() {
        int start = (int) (sequence % 5);
        int bytes = payload.length + 2 * start;
        ByteBuffer buffer =
                sequence % 2 == 0 ? ByteBuffer.allocateDirect(bytes) : ByteBuffer.allocate(bytes);
        return buffer.put(start, payload).position(start).limit(start + payload.length);
    }

    <R> Outcome<R> applyTo(EventApplier<?, R> applier) {
        return applier.apply(header(), buffer(), CODEC_VERSION);
    }

    @Override
    public String toString() {
        return String.format(
                "%d: kind=%d, id=%d/%d/%d, timeNs=%d, payload=%s",
                sequence, kind, idScheme, idHigh, idLow, timeNs, Arrays.toString(payload));
    }
}
