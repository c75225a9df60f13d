package io.melin.gateway;

/** The transport that was asked for cannot be had on this machine; nothing is open. */
public final class TransportUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final TransportKind kind;

    public TransportUnavailableException(TransportKind kind, Throwable cause) {
        super("the transport cannot be had: kind=" + kind + ", reason=" + cause, cause);
        this.kind = kind;
    }

    public TransportKind kind() {
        return kind;
    }
}
