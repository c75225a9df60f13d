package io.melin.pipeline;

import io.melin.app.EventId;
import io.melin.apply.EventIds;

/** The envelope of a request on its way to the ingress; mutable, reused by one thread. */
public final class Request {
    private byte idScheme;
    private long idHigh;
    private long idLow;
    private long connection;
    private long correlation;
    private long receivedNs;

    /**
     * @param connection the door in the top byte, the rest as the door likes
     * @param correlation what the door needs to find the request again
     * @param receivedNs ticker reading when the request arrived
     */
    public Request from(long connection, long correlation, long receivedNs) {
        this.connection = connection;
        this.correlation = correlation;
        this.receivedNs = receivedNs;
        return this;
    }

    /** Sets an id of this process. */
    public Request id(EventId id) {
        return id(EventIds.scheme(id), EventIds.high(id), EventIds.low(id));
    }

    /** Sets the id as {@link IdScheme} reads it. */
    public Request id(byte idScheme, long idHigh, long idLow) {
        this.idScheme = idScheme;
        this.idHigh = idHigh;
        this.idLow = idLow;
        return this;
    }

    public byte idScheme() {
        return idScheme;
    }

    public long idHigh() {
        return idHigh;
    }

    public long idLow() {
        return idLow;
    }

    public long connection() {
        return connection;
    }

    public long correlation() {
        return correlation;
    }

    public long receivedNs() {
        return receivedNs;
    }
}
