package io.melin.sample.exchange.replay;

import java.io.IOException;

/** The replay cannot go on: a file is damaged, or the exchange answered something unexpected. */
final class ReplayException extends IOException {
    private static final long serialVersionUID = 1L;

    ReplayException(String message) {
        super(message);
    }
}
