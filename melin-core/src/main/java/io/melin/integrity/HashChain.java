package io.melin.integrity;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The running hash of a segment's entries: {@code chain(S) = SHA-256(entry bytes up to S ‖
 * anchor)}.
 *
 * <p>H1: the value depends on the bytes and the anchor only, never on how they were cut into
 * updates. H2: without any bytes it is the anchor itself, so an empty segment passes it through.
 * H3: {@link #value} leaves the running state as it was.
 *
 * <p>Threading: one owner at a time. {@link #update} allocates nothing in steady state.
 */
public final class HashChain {
    private final MessageDigest running;
    private final ChainHash anchor;
    private boolean empty = true;

    public HashChain(ChainHash anchor) {
        this.anchor = anchor;
        this.running = sha256();
    }

    /** Appends all remaining bytes; moves the position to the limit. */
    public void update(ByteBuffer entries) {
        empty &= !entries.hasRemaining();
        running.update(entries);
    }

    /** The value over all bytes so far. Copies the state, so it costs an allocation. */
    public ChainHash value() {
        if (empty) {
            return anchor;
        }
        try {
            MessageDigest copy = (MessageDigest) running.clone();
            copy.update(anchor.bytes());
            return ChainHash.of(copy.digest());
        } catch (CloneNotSupportedException e) {
            throw new AssertionError("this SHA-256 provider cannot copy its state", e);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
