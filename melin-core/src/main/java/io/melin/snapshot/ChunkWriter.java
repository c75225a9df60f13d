package io.melin.snapshot;

import io.melin.app.SnapshotWriter;
import io.melin.integrity.Crc32c;
import io.melin.storage.StorageFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Writes one snapshot into an empty file: header, chunks, trailer. Constant memory.
 *
 * <p>Threading: one.
 */
final class ChunkWriter implements SnapshotWriter {
    private final StorageFile file;
    private final ByteBuffer chunk;
    private final SavePace pace;
    private final PayloadTally tally = new PayloadTally();
    private final Crc32c crc = new Crc32c();
    private long offset;

    /**
     * @param chunk little-endian, of the chunk size and the frame around it
     */
    ChunkWriter(StorageFile file, ByteBuffer chunk, SavePace pace) {
        this.file = file;
        this.chunk = chunk;
        this.pace = pace;
    }

    /** First. */
    void begin(SnapshotHeader header) throws IOException {
        header.write(chunk.clear(), crc);
        write(SnapshotHeader.END);
        beginPayload();
    }

    /** First, where only the payload is of interest. */
    void beginPayload() {
        chunk.clear().position(ChunkFrame.BYTES);
    }

    /**
     * Last: ends the payload. The file is not synced yet.
     *
     * @return what was written behind it
     */
    SnapshotTrailer finish() throws IOException {
        if (chunk.position() > ChunkFrame.BYTES) {
            flush();
        }
        ChunkFrame.seal(chunk, crc);
        write(ChunkFrame.BYTES);
        SnapshotTrailer trailer = tally.trailer();
        trailer.write(chunk.clear(), crc);
        write(SnapshotTrailer.END);
        return trailer;
    }

    /** Of the whole file so far. */
    long bytes() {
        return offset;
    }

    @Override
    public void writeByte(int value) throws IOException {
        if (!chunk.hasRemaining()) {
            flush();
        }
        chunk.put((byte) value);
    }

    @Override
    public void writeInt(int value) throws IOException {
        if (chunk.remaining() >= Integer.BYTES) {
            chunk.putInt(value);
        } else {
            writeBytewise(value, Integer.BYTES);
        }
    }

    @Override
    public void writeLong(long value) throws IOException {
        if (chunk.remaining() >= Long.BYTES) {
            chunk.putLong(value);
        } else {
            writeBytewise(value, Long.BYTES);
        }
    }

    private void writeBytewise(long value, int bytes) throws IOException {
        for (int i = 0; i < bytes; i++) {
            writeByte((int) (value >>> (i * Byte.SIZE)));
        }
    }

    @Override
    public void writeString(String value) throws IOException {
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        writeInt(utf8.length);
        writeBytes(ByteBuffer.wrap(utf8));
    }

    @Override
    public void writeBytes(ByteBuffer source) throws IOException {
        while (source.hasRemaining()) {
            if (!chunk.hasRemaining()) {
                flush();
            }
            int count = Math.min(chunk.remaining(), source.remaining());
            chunk.put(chunk.position(), source, source.position(), count);
            chunk.position(chunk.position() + count);
            source.position(source.position() + count);
        }
    }

    private void flush() throws IOException {
        ChunkFrame.seal(chunk, crc);
        tally.add(chunk);
        int bytes = chunk.limit();
        write(bytes);
        chunk.clear().position(ChunkFrame.BYTES);
        pace.afterChunk(file, offset - bytes, bytes);
    }

    private void write(int bytes) throws IOException {
        file.writeFully(chunk.position(0).limit(bytes), offset);
        offset += bytes;
    }
}
