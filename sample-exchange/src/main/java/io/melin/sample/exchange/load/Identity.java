package io.melin.sample.exchange.load;

import io.melin.wire.Ed25519.SigningKey;
import org.jspecify.annotations.Nullable;

/**
 * Who the connections say they are.
 *
 * @param client of the first connection, the others follow; where there is no key
 * @param isGiven whether an earlier run may have used these request numbers
 * @param key of all connections, each in a lane of its own; null where the server asks for none
 */
record Identity(long client, boolean isGiven, @Nullable SigningKey key) {

    /** The client id of a connection, never 0. */
    long client(int connection) {
        long id = client + connection;
        return id == 0 ? Long.MIN_VALUE : id;
    }

    /** Whether the numbers that were used have to be asked for. */
    boolean isUsed() {
        return isGiven || key != null;
    }
}
