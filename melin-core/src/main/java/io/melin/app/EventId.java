package io.melin.app;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * What makes a submit safe to repeat: the same id with the same payload returns the first outcome.
 *
 * <p>Numbered ids come in a sliding window per client; keyed ids are remembered in a ring bounded
 * by count. Prefer the numbered form where a client can count: beyond its window the outcome is
 * unknown, while a forgotten key counts as new.
 */
public sealed interface EventId {

    /** No id: every submit is a new event. */
    static EventId none() {
        return None.INSTANCE;
    }

    /**
     * @param client any value that one caller keeps for itself
     * @param request 1 or more; may arrive out of order within the window
     */
    static EventId of(long client, long request) {
        return new Numbered(client, request);
    }

    /**
     * @param key any non-empty string, kept as the first 128 bits of its SHA-256
     */
    static EventId of(String key) {
        return Keyed.of(key);
    }

    enum None implements EventId {
        INSTANCE
    }

    record Numbered(long client, long request) implements EventId {
        public Numbered {
            if (request < 1) {
                throw new IllegalArgumentException("request must be 1 or more: request=" + request);
            }
        }
    }

    record Keyed(long high, long low) implements EventId {
        static Keyed of(String key) {
            if (key.isEmpty()) {
                throw new IllegalArgumentException("key must not be empty");
            }
            try {
                byte[] hash =
                        MessageDigest.getInstance("SHA-256")
                                .digest(key.getBytes(StandardCharsets.UTF_8));
                java.nio.ByteBuffer bytes = java.nio.ByteBuffer.wrap(hash);
                return new Keyed(bytes.getLong(), bytes.getLong());
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java platform has SHA-256", e);
            }
        }
    }
}
