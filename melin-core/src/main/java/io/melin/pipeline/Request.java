package io.melin.pipeline;

import io.melin.app.EventId;
import io.melin.event.IdScheme;

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
        if (id instanceof EventId.Numbered numbered) {
            return id(IdScheme.CLIENT_REQUEST, numbered.client(), numbered.request());
        }
        if (id instanceof EventId.Keyed keyed) {
            return id(IdScheme.KEY, keyed.high(), keyed.low());
        }
        return id(IdScheme.NONE, 0, 0);
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
