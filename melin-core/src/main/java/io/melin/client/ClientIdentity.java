package io.melin.client;

import io.melin.wire.Ed25519;
import io.melin.wire.Transcript;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Who a client is: the name space of its request numbers. Two clients that run at once need two
 * identities; a client that is restarted keeps its own.
 */
public sealed interface ClientIdentity {

    /** Nobody: numbers are not remembered, and what a lost connection leaves open stays unknown. */
    static ClientIdentity none() {
        return None.INSTANCE;
    }

    /**
     * A number, where the gateway does not authenticate.
     *
     * @param client not 0
     */
    static ClientIdentity of(long client) {
        return new Named(client);
    }

    /**
     * A key, where the gateway authenticates.
     *
     * @param lane 0, or which of several connections with this key it is
     */
    static ClientIdentity of(Ed25519.SigningKey key, int lane) {
        return new Key(key, lane, null);
    }

    /** The name space, 0 for none. */
    long client();

    enum None implements ClientIdentity {
        INSTANCE;

        @Override
        public long client() {
            return 0;
        }
    }

    record Named(long client) implements ClientIdentity {
        public Named {
            if (client == 0) {
                throw new IllegalArgumentException("client 0 is nobody: use none()");
            }
        }
    }

    /**
     * @param serverName what the server must call itself before anything is signed; null for any
     */
    record Key(Ed25519.SigningKey key, int lane, @Nullable String serverName)
            implements ClientIdentity {
        public Key {
            Objects.requireNonNull(key, "key");
        }

        /** The same, for a server of this name only. */
        public Key forServer(String name) {
            return new Key(key, lane, name);
        }

        @Override
        public long client() {
            return Transcript.client(key.publicKey(), lane);
        }

        @Override
        public String toString() {
            return "Key[client=" + client() + ", lane=" + lane + ", serverName=" + serverName + "]";
        }
    }
}
