package io.melin.apply;

import io.melin.app.Codec;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What became of one event; filled by {@link EventApplier#apply} and valid until its next call.
 *
 * <p>A repeat of an id has the kind, sequence, time, reason and reports of the first outcome, and
 * {@link #isDuplicate()}. Release it when the <em>repeat's</em> own sequence is durable: what the
 * first outcome is was read from the state at that point.
 *
 * <p>Threading: one. Allocates nothing but in {@link #reason()} and on a first rejection.
 */
public final class Outcome<R> {

    /** What an event came to. */
    public enum Kind {
        /** The event is nobody's request: a tick, an epoch. No reports but the tick's. */
        NONE,
        /** The application took it; see {@link #reports()}. */
        APPLIED,
        /** The application declined it by {@link io.melin.app.EventRejected}. */
        REJECTED,
        /** Its id was used with another payload; nothing was applied. */
        ID_CONFLICT,
        /** Its id was used before, and what became of it is no longer held; nothing was applied. */
        UNKNOWN_OUTCOME
    }

    /** A longer reason is cut here, at a whole character. */
    public static final int REASON_BYTES_MAX = 1_024;

    private final ReportBuffer<R> reports;
    private Kind kind = Kind.NONE;
    private boolean duplicate;
    private long sequence;
    private long timeNs;
    private byte[] reason = new byte[0];
    private int reasonBytes;

    Outcome(Codec<R> codec) {
        this.reports = new ReportBuffer<>(codec);
    }

    public Kind kind() {
        return kind;
    }

    /** Whether this is the first outcome of an id that was applied or rejected before. */
    public boolean isDuplicate() {
        return duplicate;
    }

    /** Of the event that had this outcome: for a duplicate, the first event's. */
    public long sequence() {
        return sequence;
    }

    /** Journaled time of the event that had this outcome, Unix epoch, nanoseconds. */
    public long timeNs() {
        return timeNs;
    }

    /** What the event caused, without what a tick before it caused. Empty unless applied. */
    public ReportBuffer<R> reports() {
        return reports;
    }

    /** Why the event was rejected; empty for every other kind. Allocates. */
    public String reason() {
        return new String(reason, 0, reasonBytes, StandardCharsets.UTF_8);
    }

    /** The length of {@link #reason()} in UTF-8, 0 to {@link #REASON_BYTES_MAX}. */
    public int reasonBytes() {
        return reasonBytes;
    }

    /** Writes {@link #reason()} in UTF-8 at the position of {@code target}. */
    public void writeReason(ByteBuffer target) {
        target.put(reason, 0, reasonBytes);
    }

    void reset(long sequence, long timeNs) {
        become(Kind.NONE, sequence, timeNs);
        reports.clear();
        reasonBytes = 0;
        duplicate = false;
    }

    void become(Kind kind) {
        this.kind = kind;
    }

    void reject(String text) {
        kind = Kind.REJECTED;
        reason = text.getBytes(StandardCharsets.UTF_8);
        reasonBytes = wholeCharacters(reason);
    }

    /** Turns this into a first outcome; the caller loads reports or reason. */
    void repeat(Kind kind, long sequence, long timeNs) {
        become(kind, sequence, timeNs);
        duplicate = true;
    }

    /** The bytes that make this outcome repeatable: reports, or the reason. */
    byte[] encoded() {
        return kind == Kind.REJECTED ? reason : reports.encoded();
    }

    int encodedBytes() {
        return kind == Kind.REJECTED ? reasonBytes : reports.encodedBytes();
    }

    /** Room for the bytes of a first outcome; the caller fills it, then calls {@link #load}. */
    byte[] loadInto(int bytes) {
        if (kind == Kind.REJECTED) {
            reason = bytes <= reason.length ? reason : Arrays.copyOf(reason, REASON_BYTES_MAX);
            return reason;
        }
        return reports.loadInto(bytes);
    }

    void load(int bytes) {
        if (kind == Kind.REJECTED) {
            reasonBytes = bytes;
        } else {
            reports.load(bytes);
        }
    }

    private void become(Kind kind, long sequence, long timeNs) {
        this.kind = kind;
        this.sequence = sequence;
        this.timeNs = timeNs;
    }

    private static int wholeCharacters(byte[] utf8) {
        int bytes = Math.min(utf8.length, REASON_BYTES_MAX);
        while (bytes < utf8.length && (utf8[bytes] & 0xC0) == 0x80) {
            bytes--;
        }
        return bytes;
    }
}
