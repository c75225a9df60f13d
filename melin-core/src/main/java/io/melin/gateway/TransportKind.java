package io.melin.gateway;

import java.util.Locale;

/** How the gateway waits for its sockets and reads them. */
public enum TransportKind {
    /** {@link #EPOLL} where it can be had, else {@link #NIO}. */
    AUTO,

    /** The platform's own selector: everywhere. */
    NIO,

    /** Linux with the network library's native part on the class path. */
    EPOLL;

    /** As operators read it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
