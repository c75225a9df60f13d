package io.melin.gateway;

import io.melin.app.Application;
import io.melin.app.Codec;
import io.melin.app.EventContext;
import io.melin.app.Reports;
import io.melin.app.SnapshotReader;
import io.melin.app.SnapshotWriter;
import java.nio.ByteBuffer;

/** Answers each number with one report of so many bytes. */
final class Blob implements Application<Long, byte[]> {
    static final Codec<byte[]> CODEC =
            new Codec<>() {
                @Override
                public int version() {
                    return 1;
                }

                @Override
                public int size(byte[] value) {
                    return value.length;
                }

                @Override
                public void encode(byte[] value, ByteBuffer out) {
                    out.put(value);
                }

                @Override
                public boolean isValid(ByteBuffer in) {
                    return true;
                }

                @Override
                public byte[] decode(ByteBuffer in, int version) {
                    byte[] bytes = new byte[in.remaining()];
                    in.get(bytes);
                    return bytes;
                }
            };

    @Override
    public void apply(Long bytes, EventContext context, Reports<byte[]> reports) {
        reports.add(new byte[bytes.intValue()]);
    }

    @Override
    public Blob fresh() {
        return new Blob();
    }

    @Override
    public void snapshot(SnapshotWriter out) {}

    @Override
    public void restore(SnapshotReader in, int version) {}
}
