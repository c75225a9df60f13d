package io.melin.spring.boot.autoconfigure.diagnostics;

import java.io.Serial;

/** The gateway must authenticate its clients and has no keys to know them by. */
public final class MissingAuthorizedKeysException extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;

    private final int port;

    /**
     * @param port that the gateway was given
     */
    public MissingAuthorizedKeysException(int port) {
        super("authentication is on and there is no key file: port=" + port);
        this.port = port;
    }

    public int port() {
        return port;
    }
}
