package io.melin.ring;

/**
 * One event on its way into the pipeline, stamped by the ingress.
 *
 * <p>A claimed slot still holds the event that lay there before: the writer sets every field.
 */
public final class InputSlot extends Slot {
    private byte kind;
    private byte idScheme;
    private byte flags;
    private long sequence;
    private long timeNs;
    private long idHigh;
    private long idLow;
    private long connection;
    private long correlation;
    private long receivedNs;

    InputSlot() {}

    /** Code of the event's kind. */
    public byte kind() {
        return kind;
    }

    public InputSlot kind(byte value) {
        kind = value;
        return this;
    }

    /** Code of the scheme that says how to read the two id words. */
    public byte idScheme() {
        return idScheme;
    }

    public InputSlot idScheme(byte value) {
        idScheme = value;
        return this;
    }

    public byte flags() {
        return flags;
    }

    public InputSlot flags(byte value) {
        flags = value;
        return this;
    }

    /** Order of the event, 1 or more; of an unsequenced one the last before it. */
    public long sequence() {
        return sequence;
    }

    public InputSlot sequence(long value) {
        sequence = value;
        return this;
    }

    /** Journaled time, Unix epoch, nanoseconds. */
    public long timeNs() {
        return timeNs;
    }

    public InputSlot timeNs(long value) {
        timeNs = value;
        return this;
    }

    /** First word of the request id: the client, or the hash's first half. */
    public long idHigh() {
        return idHigh;
    }

    public InputSlot idHigh(long value) {
        idHigh = value;
        return this;
    }

    /** Second word of the request id: the request number, or the hash's second half. */
    public long idLow() {
        return idLow;
    }

    public InputSlot idLow(long value) {
        idLow = value;
        return this;
    }

    /** Where the answer goes; 0 is internal: no answer. */
    public long connection() {
        return connection;
    }

    public InputSlot connection(long value) {
        connection = value;
        return this;
    }

    /** What the asker knows the request by; opaque to the pipeline. */
    public long correlation() {
        return correlation;
    }

    public InputSlot correlation(long value) {
        correlation = value;
        return this;
    }

    /** Ticker nanoseconds at reception, 0 when not sampled. */
    public long receivedNs() {
        return receivedNs;
    }

    public InputSlot receivedNs(long value) {
        receivedNs = value;
        return this;
    }
}
