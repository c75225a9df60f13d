package io.melin.shadow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.melin.storage.StorageFile;
import io.melin.time.TimeSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PacedSaveTest {
    private static final int CHUNK_BYTES = 4_096;

    private final Device device = new Device();
    private final List<Long> rests = new ArrayList<>();
    private boolean isCancelled;
    private final PacedSave pace = new PacedSave(device, this::rest, () -> isCancelled);

    /** A file whose device takes its time, and the clock that shows it. */
    private static final class Device implements StorageFile, TimeSource {
        private final List<String> calls = new ArrayList<>();
        private long tookNs;
        private long nowNs;

        private static AssertionError notAsked() {
            return new AssertionError("a pace writes out, and nothing else");
        }

        @Override
        public void writeOut(long offset, long bytes) {
            calls.add("writeOut " + offset + " " + bytes);
            nowNs += tookNs;
        }

        @Override
        public void force() {
            calls.add("force");
        }

        @Override
        public long tickerNs() {
            return nowNs;
        }

        @Override
        public long epochNs() {
            throw notAsked();
        }

        @Override
        public String name() {
            return "snapshot";
        }

        @Override
        public long size() {
            throw notAsked();
        }

        @Override
        public int read(ByteBuffer target, long offset) {
            throw notAsked();
        }

        @Override
        public int write(ByteBuffer source, long offset) {
            throw notAsked();
        }

        @Override
        public void truncate(long size) {
            throw notAsked();
        }

        @Override
        public void close() {
            throw notAsked();
        }
    }

    private void rest(long ns) {
        rests.add(ns);
        device.nowNs += ns;
    }

    /** A sync of a file that grows is one of the file system's log, which the journal waits for. */
    @Test
    void writesAChunkOutAndSyncsNothing() throws IOException {
        pace.afterChunk(device, 8_192, CHUNK_BYTES);

        assertThat(device.calls).containsExactly("writeOut 8192 4096");
    }

    @Test
    void restsThreeTimesAsLongAsTheDeviceTook() throws IOException {
        device.tookNs = 2_000_000;
        pace.afterChunk(device, 0, CHUNK_BYTES);

        assertThat(rests).containsExactly(6_000_000L);
    }

    /** No rest is longer than it may take to notice that the node stops. */
    @Test
    void restsInPiecesBehindASlowDevice() throws IOException {
        device.tookNs = 15_000_000;
        pace.afterChunk(device, 0, CHUNK_BYTES);

        assertThat(rests).containsExactly(20_000_000L, 20_000_000L, 5_000_000L);
    }

    @Test
    void endsTheSaveOfANodeThatStops() {
        isCancelled = true;

        assertThatThrownBy(() -> pace.afterChunk(device, 0, CHUNK_BYTES))
                .isInstanceOf(IOException.class)
                .hasMessage("save was ended by the stop of the node");
    }
}
