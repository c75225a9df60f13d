package io.melin.apply;

import io.melin.app.SnapshotReader;
import io.melin.app.SnapshotWriter;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Snapshots as byte arrays. */
final class SnapshotBytes {
    private SnapshotBytes() {}

    static final class Writer implements SnapshotWriter {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();

        byte[] toByteArray() {
            return out.toByteArray();
        }

        @Override
        public void writeByte(int value) {
            out.write(value);
        }

        @Override
        public void writeInt(int value) {
            out.writeBytes(little(4).putInt(value).array());
        }

        @Override
        public void writeLong(long value) {
            out.writeBytes(little(8).putLong(value).array());
        }

        @Override
        public void writeString(String value) {
            byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
            writeInt(utf8.length);
            out.writeBytes(utf8);
        }

        @Override
        public void writeBytes(ByteBuffer source) {
            byte[] copy = new byte[source.remaining()];
            source.get(copy);
            out.writeBytes(copy);
        }

        private static ByteBuffer little(int bytes) {
            return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
        }
    }

    static final class Reader implements SnapshotReader {
        private final ByteBuffer in;

        Reader(byte[] bytes) {
            in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        }

        int remaining() {
            return in.remaining();
        }

        @Override
        public byte readByte() throws IOException {
            require(1);
            return in.get();
        }

        @Override
        public int readInt() throws IOException {
            require(4);
            return in.getInt();
        }

        @Override
        public long readLong() throws IOException {
            require(8);
            return in.getLong();
        }

        @Override
        public String readString() throws IOException {
            byte[] utf8 = new byte[readInt()];
            readBytes(ByteBuffer.wrap(utf8));
            return new String(utf8, StandardCharsets.UTF_8);
        }

        @Override
        public void readBytes(ByteBuffer target) throws IOException {
            require(target.remaining());
            int limit = in.limit();
            in.limit(in.position() + target.remaining());
            target.put(in);
            in.limit(limit);
        }

        private void require(int bytes) throws IOException {
            if (in.remaining() < bytes) {
                throw new EOFException("snapshot cut short");
            }
        }
    }
}
