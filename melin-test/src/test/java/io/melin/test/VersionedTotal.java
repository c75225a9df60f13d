package io.melin.test;

import io.melin.app.Application;
import io.melin.app.Codec;
import io.melin.app.EventContext;
import io.melin.app.Reports;
import io.melin.app.SnapshotReader;
import io.melin.app.SnapshotWriter;
import io.melin.journaled.JournaledApplication;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Adds each event as many times as its version says, so that an event applied by the wrong version
 * shows; its codec writes as many bytes before the number.
 */
final class VersionedTotal implements Application<Long, Long> {
    private final int version;
    private final int oldest;
    long total;

    VersionedTotal(int version, int oldest) {
        this.version = version;
        this.oldest = oldest;
    }

    /** Of one version for both; the oldest whose events are taken for both. */
    static JournaledApplication.Program<Long, Long> program(int version, int oldest) {
        return new JournaledApplication.Program<>(
                new VersionedTotal(version, oldest),
                new Padded(version, oldest),
                LedgerApplication.CODEC);
    }

    /** What a test reads back. */
    static long total(JournaledApplication<Long, Long> of) {
        return ((VersionedTotal) of.applier().application()).total;
    }

    @Override
    public void apply(Long event, EventContext context, Reports<Long> reports) {
        total += event * version;
        reports.add(total);
    }

    @Override
    public Application<Long, Long> fresh() {
        return new VersionedTotal(version, oldest);
    }

    @Override
    public void snapshot(SnapshotWriter out) throws IOException {
        out.writeLong(total);
    }

    @Override
    public void restore(SnapshotReader in, int from) throws IOException {
        total = in.readLong();
    }

    @Override
    public int version() {
        return version;
    }

    @Override
    public int oldestVersion() {
        return oldest;
    }

    private record Padded(int version, int oldestVersion) implements Codec<Long> {
        @Override
        public int size(Long value) {
            return version + Long.BYTES;
        }

        @Override
        public void encode(Long value, ByteBuffer out) {
            out.put(new byte[version]).putLong(value);
        }

        @Override
        public boolean isValid(ByteBuffer in) {
            return in.remaining() == version + Long.BYTES;
        }

        @Override
        public Long decode(ByteBuffer in, int from) {
            return in.position(in.position() + from).getLong();
        }
    }
}
