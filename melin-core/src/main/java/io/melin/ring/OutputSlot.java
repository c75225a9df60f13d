package io.melin.ring;

/**
 * One report, or the end of a request's reports, on its way to the gate.
 *
 * <p>A claimed slot still holds the report that lay there before: the writer sets every field.
 */
public final class OutputSlot extends Slot {
    private byte kind;
    private byte flags;
    private long sequence;
    private long timeNs;
    private long connection;
    private long correlation;
    private long receivedNs;

    OutputSlot() {}

    /** Code of what the payload is. */
    public byte kind() {
        return kind;
    }

    public OutputSlot kind(byte value) {
        kind = value;
        return this;
    }

    public byte flags() {
        return flags;
    }

    public OutputSlot flags(byte value) {
        flags = value;
        return this;
    }

    /** The event that must be durable before this leaves. */
    public long sequence() {
        return sequence;
    }

    public OutputSlot sequence(long value) {
        sequence = value;
        return this;
    }

    /** Journaled time of that event, Unix epoch, nanoseconds. */
    public long timeNs() {
        return timeNs;
    }

    public OutputSlot timeNs(long value) {
        timeNs = value;
        return this;
    }

    /** Where the answer goes. */
    public long connection() {
        return connection;
    }

    public OutputSlot connection(long value) {
        connection = value;
        return this;
    }

    /** What the asker knows the request by; opaque to the pipeline. */
    public long correlation() {
        return correlation;
    }

    public OutputSlot correlation(long value) {
        correlation = value;
        return this;
    }

    /** Ticker nanoseconds at reception, 0 when not sampled. */
    public long receivedNs() {
        return receivedNs;
    }

    public OutputSlot receivedNs(long value) {
        receivedNs = value;
        return this;
    }
}
