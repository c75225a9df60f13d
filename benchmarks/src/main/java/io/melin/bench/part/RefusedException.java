package io.melin.bench.part;

import java.io.IOException;

/** A process cannot have on this machine what was asked for; the message says why. */
public final class RefusedException extends IOException {
    private static final long serialVersionUID = 1;

    public RefusedException(String reason) {
        super(reason);
    }
}
