package io.melin.snapshot;

import io.melin.integrity.ChainHash;
import org.jspecify.annotations.Nullable;

/**
 * What one snapshot's file holds.
 *
 * @param file by its name
 * @param bytes of the file
 * @param header null if it cannot be read
 * @param content null unless the file is whole
 * @param damage null if it is whole; may also say that the file is of another version
 */
public record SnapshotReport(
        SnapshotFile file,
        long bytes,
        @Nullable SnapshotHeader header,
        @Nullable Content content,
        @Nullable SnapshotException damage) {

    /**
     * The state, as bytes.
     *
     * @param payloadBytes in all chunks
     * @param chunks of them
     * @param digest SHA-256 of the payload, equal for equal states however they are cut
     */
    public record Content(long payloadBytes, long chunks, ChainHash digest) {}
}
