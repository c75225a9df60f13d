package io.melin.snapshot;

import io.melin.integrity.ChainHash;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** What the chunks so far add up to. One owner. */
final class PayloadTally {
    private final MessageDigest digest;
    private long bytes;
    private long chunks;

    PayloadTally() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    /** Takes the payload of one chunk; leaves position and limit. */
    void add(ByteBuffer chunk) {
        int position = chunk.position();
        chunk.position(ChunkFrame.BYTES);
        bytes += chunk.remaining();
        chunks++;
        digest.update(chunk);
        chunk.position(position);
    }

    long bytes() {
        return bytes;
    }

    long chunks() {
        return chunks;
    }

    /** Once, at the end. */
    SnapshotTrailer trailer() {
        return new SnapshotTrailer(bytes, chunks, ChainHash.of(digest.digest()));
    }
}
