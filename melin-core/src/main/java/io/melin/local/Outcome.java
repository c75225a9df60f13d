package io.melin.local;

import io.melin.pipeline.OutputKind;
import io.melin.ring.OutputSlot;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * What came back for one call: report bytes, a verdict, or an answer. Written by the response
 * thread (an answer: by the application thread), read by the completion thread.
 */
final class Outcome {
    private static final int KEPT_BYTES_MAX = 1 << 20;
    private static final int FIRST_BYTES = 256;

    private ByteBuffer reports = ByteBuffer.allocate(FIRST_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    private byte kind;
    private byte flags;
    private long sequence;
    private long timeNs;
    private @Nullable Object answer;
    private @Nullable Throwable failure;

    /** Appends one slot: its u32 length and its bytes, if its kind carries any. */
    void take(OutputSlot slot, ByteBuffer payload) {
        kind = slot.kind();
        flags = slot.flags();
        sequence = slot.sequence();
        timeNs = slot.timeNs();
        if (kind == OutputKind.REPORT || kind == OutputKind.REJECTED) {
            room(Integer.BYTES + payload.remaining());
            reports.putInt(payload.remaining()).put(payload);
        }
    }

    void answer(@Nullable Object answer) {
        this.answer = answer;
    }

    void fail(Throwable failure) {
        this.failure = failure;
    }

    byte kind() {
        return kind;
    }

    byte flags() {
        return flags;
    }

    long sequence() {
        return sequence;
    }

    long timeNs() {
        return timeNs;
    }

    @Nullable Object answer() {
        return answer;
    }

    @Nullable Throwable failure() {
        return failure;
    }

    /** All report bytes, each behind its u32 length. */
    ByteBuffer reports() {
        return reports.flip();
    }

    void clear() {
        kind = 0;
        flags = 0;
        answer = null;
        failure = null;
        if (reports.capacity() > KEPT_BYTES_MAX) {
            reports = ByteBuffer.allocate(FIRST_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        }
        reports.clear();
    }

    private void room(int bytes) {
        if (reports.remaining() >= bytes) {
            return;
        }
        int wanted = Math.max(reports.position() + bytes, reports.capacity() * 2);
        ByteBuffer larger = ByteBuffer.allocate(wanted).order(ByteOrder.LITTLE_ENDIAN);
        reports = larger.put(reports.flip());
    }
}
