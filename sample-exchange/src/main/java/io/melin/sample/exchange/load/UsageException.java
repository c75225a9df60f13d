package io.melin.sample.exchange.load;

/** The command line asks for what cannot be. */
final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UsageException(String message) {
        super(message);
    }

    static void require(boolean holds, String option, Object value) {
        if (!holds) {
            throw new UsageException("out of range: " + option + "=" + value);
        }
    }
}
