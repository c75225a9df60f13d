package io.melin.event;

/** Everything about a sequenced event but its payload; mutable, reused, confined to one thread. */
public final class EventHeader {
    private byte kind;
    private byte idScheme;
    private long sequence;
    private long timeNs;
    private long idHigh;
    private long idLow;

    public EventHeader event(byte kind, long sequence, long timeNs) {
        this.kind = kind;
        this.sequence = sequence;
        this.timeNs = timeNs;
        return this;
    }

    public EventHeader id(byte idScheme, long idHigh, long idLow) {
        this.idScheme = idScheme;
        this.idHigh = idHigh;
        this.idLow = idLow;
        return this;
    }

    public byte kind() {
        return kind;
    }

    public byte idScheme() {
        return idScheme;
    }

    public long sequence() {
        return sequence;
    }

    public long timeNs() {
        return timeNs;
    }

    public long idHigh() {
        return idHigh;
    }

    public long idLow() {
        return idLow;
    }

    /** The client part of the id; 0 for a key or no id. */
    public long client() {
        return IdScheme.scheme(idScheme) == IdScheme.CLIENT_REQUEST ? idHigh : 0;
    }
}
