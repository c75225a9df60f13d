package io.melin.gateway;

/** Why the gateway ended a connection. */
public enum Drop {
    /** A frame that its state does not allow, or no frame at all. */
    PROTOCOL,
    /** It did not say who it is, in time or truly. */
    AUTHENTICATION,
    /** Its key was taken out of the key file, or has another role now. */
    REVOKED,
    /** No byte for too long. */
    IDLE,
    /** It took nothing of its answers for too long. */
    STALLED,
    /** More of its answers waited than may. */
    BACKLOG,
    /** The same client connected again. */
    SUPERSEDED,
    /** All connections were taken. */
    CONNECTIONS
}
