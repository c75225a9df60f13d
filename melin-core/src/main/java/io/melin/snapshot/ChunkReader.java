package io.melin.snapshot;

import io.melin.app.SnapshotReader;
import io.melin.integrity.Crc32c;
import io.melin.snapshot.SnapshotException.Finding;
import io.melin.snapshot.SnapshotException.NotASnapshot;
import io.melin.snapshot.SnapshotException.SnapshotCorrupt;
import io.melin.snapshot.SnapshotException.SnapshotTruncated;
import io.melin.snapshot.SnapshotException.SnapshotUnreadable;
import io.melin.snapshot.SnapshotException.UnsupportedSnapshotVersion;
import io.melin.storage.StorageFile;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads one snapshot and verifies each chunk before a byte of it is given out. Constant memory.
 *
 * <p>Threading: one.
 */
final class ChunkReader implements SnapshotReader {
    private final StorageFile file;
    private final SnapshotPlace place;
    private final PayloadTally tally = new PayloadTally();
    private final Crc32c crc = new Crc32c();
    private ByteBuffer chunk;
    private long offset;
    private boolean isEnded;
    private @Nullable SnapshotException failure;

    /**
     * @param chunk little-endian, at least 136 bytes; a file of larger chunks gets a larger one
     */
    ChunkReader(StorageFile file, SnapshotPlace place, ByteBuffer chunk) {
        this.file = file;
        this.place = place;
        this.chunk = chunk;
    }

    /** First. */
    SnapshotHeader begin() {
        fill(0, SnapshotHeader.END);
        SnapshotPlace start = place.at(0);
        SnapshotHeader header =
                switch (SnapshotHeader.examine(chunk, crc)) {
                    case OK -> SnapshotHeader.read(chunk);
                    case NOT_A_SNAPSHOT -> throw broken(new NotASnapshot(start));
                    case TRUNCATED -> throw truncated();
                    case CRC_MISMATCH -> throw corrupt(start, "snapshot header crc mismatch");
                    case IMPOSSIBLE -> throw corrupt(start, "snapshot header makes no sense");
                    case UNSUPPORTED_VERSION ->
                            throw broken(
                                    new UnsupportedSnapshotVersion(
                                            start,
                                            "format " + SnapshotHeader.VERSION,
                                            "format " + SnapshotHeader.version(chunk)));
                    case UNSUPPORTED_FEATURE ->
                            throw broken(
                                    new UnsupportedSnapshotVersion(
                                            start, "known features", "an unknown feature"));
                };
        if (header.sequence() != place.sequence()) {
            throw broken(
                    new SnapshotCorrupt(
                            start,
                            Finding.damage(
                                    "snapshot of another sequence than its name says",
                                    place.sequence(),
                                    header.sequence())));
        }
        offset = SnapshotHeader.END;
        chunk.limit(0);
        return header;
    }

    /** Reads whatever is left of the payload. */
    void skipAll() throws IOException {
        while (hasMore()) {
            chunk.position(chunk.limit());
        }
    }

    /**
     * Last: the payload must have been read to its end, the trailer must agree, and nothing may
     * follow it.
     *
     * @return the trailer
     * @throws IOException if some of the payload was not read
     */
    SnapshotTrailer finish() throws IOException {
        if (hasMore()) {
            throw new IOException(
                    "restore left bytes of the snapshot unread: read="
                            + (tally.bytes() - chunk.remaining()));
        }
        SnapshotPlace end = place.at(offset);
        fill(offset, SnapshotTrailer.END);
        if (chunk.limit() < SnapshotTrailer.END) {
            throw truncated();
        }
        if (!SnapshotTrailer.isIntact(chunk, crc)) {
            throw corrupt(end, "snapshot trailer damaged");
        }
        SnapshotTrailer written = SnapshotTrailer.read(chunk);
        SnapshotTrailer read = tally.trailer();
        if (!written.equals(read)) {
            throw broken(
                    new SnapshotCorrupt(
                            end, Finding.damage("payload is not what was written", written, read)));
        }
        requireEnd(offset + SnapshotTrailer.END);
        return written;
    }

    private void requireEnd(long end) {
        fill(end, 1);
        if (chunk.hasRemaining()) {
            throw corrupt(place.at(end), "bytes behind the end of the snapshot");
        }
    }

    @Override
    public byte readByte() throws IOException {
        requireMore();
        return chunk.get();
    }

    @Override
    public int readInt() throws IOException {
        return chunk.remaining() >= Integer.BYTES
                ? chunk.getInt()
                : (int) readBytewise(Integer.BYTES);
    }

    @Override
    public long readLong() throws IOException {
        return chunk.remaining() >= Long.BYTES ? chunk.getLong() : readBytewise(Long.BYTES);
    }

    private long readBytewise(int bytes) throws IOException {
        long value = 0;
        for (int i = 0; i < bytes; i++) {
            value |= (readByte() & 0xFFL) << (i * Byte.SIZE);
        }
        return value;
    }

    @Override
    public String readString() throws IOException {
        int length = readInt();
        // What the file cannot hold is not worth an attempt at memory.
        if (length < 0 || length > chunk.remaining() + Math.max(0, size() - offset)) {
            throw new IOException("no string of such a length here: length=" + length);
        }
        byte[] utf8 = new byte[length];
        readBytes(ByteBuffer.wrap(utf8));
        return new String(utf8, StandardCharsets.UTF_8);
    }

    @Override
    public void readBytes(ByteBuffer target) throws IOException {
        while (target.hasRemaining()) {
            requireMore();
            int count = Math.min(chunk.remaining(), target.remaining());
            target.put(target.position(), chunk, chunk.position(), count);
            target.position(target.position() + count);
            chunk.position(chunk.position() + count);
        }
    }

    private void requireMore() throws IOException {
        if (!hasMore()) {
            throw new EOFException(
                    "restore reads past the end of the snapshot: read=" + tally.bytes());
        }
    }

    /** Whether there is another byte of the payload; loads the next chunk if it must. */
    private boolean hasMore() {
        if (failure != null) {
            throw failure;
        }
        if (chunk.hasRemaining() || isEnded) {
            return chunk.hasRemaining();
        }
        load();
        return chunk.hasRemaining();
    }

    private void load() {
        SnapshotPlace here = place.at(tally.chunks(), offset);
        fill(offset, ChunkFrame.BYTES);
        if (chunk.limit() < ChunkFrame.BYTES) {
            throw truncated();
        }
        int length = chunk.getInt(ChunkFrame.LENGTH);
        if (length < 0 || length > ChunkFrame.LENGTH_MAX) {
            throw corrupt(here, "chunk of an impossible length");
        }
        int total = ChunkFrame.BYTES + length;
        fill(offset, total);
        if (chunk.limit() < total) {
            throw truncated();
        }
        if (!ChunkFrame.isIntact(chunk, crc)) {
            throw corrupt(here, "chunk crc mismatch");
        }
        offset += total;
        isEnded = length == 0;
        if (!isEnded) {
            tally.add(chunk);
        }
        chunk.position(ChunkFrame.BYTES);
    }

    private void fill(long from, int bytes) {
        if (bytes > chunk.capacity()) {
            chunk =
                    ByteBuffer.allocateDirect(ChunkFrame.BYTES + ChunkFrame.LENGTH_MAX)
                            .order(ByteOrder.LITTLE_ENDIAN);
        }
        chunk.clear().limit(bytes);
        try {
            file.readFully(chunk, from);
        } catch (IOException e) {
            throw broken(new SnapshotUnreadable(place.at(from), e));
        }
        chunk.flip();
    }

    private long size() {
        try {
            return file.size();
        } catch (IOException e) {
            throw broken(new SnapshotUnreadable(place, e));
        }
    }

    private SnapshotException truncated() {
        return broken(new SnapshotTruncated(place.at(tally.chunks(), size())));
    }

    private SnapshotException corrupt(SnapshotPlace where, String what) {
        return broken(new SnapshotCorrupt(where, Finding.damage(what)));
    }

    /** Kept, so that a restore that swallows it cannot go on. */
    private SnapshotException broken(SnapshotException found) {
        failure = found;
        chunk.limit(0);
        return found;
    }
}
