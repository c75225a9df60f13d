package io.melin.test;

import io.melin.app.Application;
import io.melin.app.SnapshotReader;
import io.melin.app.SnapshotWriter;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** The state of an application as its snapshot's bytes, in memory. One thread. */
final class StateBytes implements SnapshotWriter, SnapshotReader {
    private ByteBuffer bytes;

    private StateBytes(ByteBuffer bytes) {
        this.bytes = bytes.order(ByteOrder.LITTLE_ENDIAN);
    }

    /** What its snapshot writes. */
    static byte[] of(Application<?, ?> application) {
        StateBytes out = new StateBytes(ByteBuffer.allocate(1 << 12));
        try {
            application.snapshot(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        byte[] written = new byte[out.bytes.position()];
        out.bytes.flip().get(written);
        return written;
    }

    /** Restores a twin, which must read to the last byte and no further. */
    static void restore(Application<?, ?> twin, byte[] state) {
        StateBytes in = new StateBytes(ByteBuffer.wrap(state));
        try {
            twin.restore(in, twin.version());
        } catch (IOException e) {
            throw new AssertionError("restore does not read what snapshot wrote: " + e, e);
        }
        if (in.bytes.hasRemaining()) {
            throw new AssertionError(
                    "restore leaves bytes that snapshot wrote: read="
                            + in.bytes.position()
                            + ", written="
                            + state.length);
        }
    }

    @Override
    public void writeByte(int value) {
        room(Byte.BYTES).put((byte) value);
    }

    @Override
    public void writeInt(int value) {
        room(Integer.BYTES).putInt(value);
    }

    @Override
    public void writeLong(long value) {
        room(Long.BYTES).putLong(value);
    }

    @Override
    public void writeString(String value) {
        byte[] text = value.getBytes(StandardCharsets.UTF_8);
        writeInt(text.length);
        room(text.length).put(text);
    }

    @Override
    public void writeBytes(ByteBuffer source) {
        room(source.remaining()).put(source);
    }

    private ByteBuffer room(int count) {
        if (bytes.remaining() < count) {
            int capacity = Math.max(2 * bytes.capacity(), bytes.position() + count);
            bytes = ByteBuffer.allocate(capacity).order(ByteOrder.LITTLE_ENDIAN).put(bytes.flip());
        }
        return bytes;
    }

    @Override
    public byte readByte() throws IOException {
        return there(Byte.BYTES).get();
    }

    @Override
    public int readInt() throws IOException {
        return there(Integer.BYTES).getInt();
    }

    @Override
    public long readLong() throws IOException {
        return there(Long.BYTES).getLong();
    }

    @Override
    public String readString() throws IOException {
        int count = readInt();
        there(count);
        byte[] text = new byte[count];
        bytes.get(text);
        return new String(text, StandardCharsets.UTF_8);
    }

    @Override
    public void readBytes(ByteBuffer target) throws IOException {
        int count = target.remaining();
        there(count);
        target.put(bytes.slice(bytes.position(), count));
        bytes.position(bytes.position() + count);
    }

    private ByteBuffer there(int count) throws IOException {
        if (count < 0 || bytes.remaining() < count) {
            throw new EOFException("snapshot ends: at=" + bytes.position() + ", wanted=" + count);
        }
        return bytes;
    }
}
