package io.melin.journaled;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.melin.app.Application;
import io.melin.app.Codec;
import io.melin.app.EventContext;
import io.melin.app.EventId;
import io.melin.app.MelinRefusedException;
import io.melin.app.Reports;
import io.melin.app.SnapshotReader;
import io.melin.app.SnapshotWriter;
import io.melin.journal.FrameBuffer;
import io.melin.journal.JournalConfig;
import io.melin.journal.JournalPorts;
import io.melin.storage.FileSystemStorage;
import io.melin.time.SystemTime;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Events of every size that has ever been a boundary, and of more than a frame buffer holds. */
class PayloadSizesTest {
    private static final int LIMIT = 70_000;
    private static final int[] SIZES = {0, 1, 103, 104, 65_518, 65_519, LIMIT - 1, LIMIT};

    private static final JournalPorts PORTS =
            new JournalPorts(FileSystemStorage.INSTANCE, SystemTime.INSTANCE);

    @TempDir Path directory;

    private final Random random = new Random(1);

    @Test
    void bringsBackEverySizeUpToTheLimitAndRefusesTheNext() throws IOException {
        JournalConfig config = config(LIMIT);
        long digest;
        try (JournaledApplication<byte[], byte[]> app =
                JournaledApplication.create(program(), config, PORTS)) {
            for (int size : SIZES) {
                byte[] event = event(size);
                assertThat(app.execute(event, EventId.none()).reports()).containsExactly(event);
            }
            assertThatThrownBy(() -> app.execute(event(LIMIT + 1), EventId.none()))
                    .isInstanceOf(MelinRefusedException.class)
                    .hasMessageContainingAll("TOO_LARGE", "max=" + LIMIT);
            digest = app.applier().digest();
        }
        try (JournaledApplication<byte[], byte[]> app =
                JournaledApplication.recover(program(), config, PORTS)) {
            assertThat(app.applier().lastSequence()).isEqualTo(SIZES.length);
            assertThat(app.applier().digest()).isEqualTo(digest);
        }
    }

    /** The frames of an event are free for the next one, however little room there is. */
    @Test
    void takesTheLargestEventsBehindAnyOthersWithTheSmallestFrameBuffer() throws IOException {
        int max = 4_096;
        while (Integer.bitCount(FrameBuffer.entryBytes(max)) != 1) {
            max--;
        }
        JournalConfig config = config(max);
        assertThat(config.frameBufferBytes()).isEqualTo(2 * FrameBuffer.entryBytes(max));
        try (JournaledApplication<byte[], byte[]> app =
                JournaledApplication.create(program(), config, PORTS)) {
            for (int i = 0; i < 200; i++) {
                int size = i % 3 == 0 ? random.nextInt(max) : max;
                assertThat(app.execute(event(size), EventId.none()).sequence()).isEqualTo(i + 1);
            }
        }
    }

    private JournalConfig config(int payloadBytesMax) {
        int frames = FrameBuffer.capacityBytesMin(payloadBytesMax);
        return JournalConfig.of(directory.resolve("journal"), 1, 1)
                .withPrezeroedBytes(1 << 20)
                .withPayloadBytesMax(payloadBytesMax)
                .withFrameBufferBytes(frames, frames);
    }

    private byte[] event(int size) {
        byte[] event = new byte[size];
        random.nextBytes(event);
        return event;
    }

    private static JournaledApplication.Program<byte[], byte[]> program() {
        return new JournaledApplication.Program<>(new Echo(), new Bytes(), new Bytes());
    }

    /** Reports what it gets, and remembers a hash over all of it. */
    private static final class Echo implements Application<byte[], byte[]> {
        private long digest;

        @Override
        public void apply(byte[] event, EventContext context, Reports<byte[]> reports) {
            digest = 31 * digest + Arrays.hashCode(event);
            reports.add(event);
        }

        @Override
        public Application<byte[], byte[]> fresh() {
            return new Echo();
        }

        @Override
        public long digest() {
            return digest;
        }

        @Override
        public void snapshot(SnapshotWriter out) throws IOException {
            out.writeLong(digest);
        }

        @Override
        public void restore(SnapshotReader in, int version) throws IOException {
            digest = in.readLong();
        }
    }

    private static final class Bytes implements Codec<byte[]> {
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
            byte[] value = new byte[in.remaining()];
            in.get(value);
            return value;
        }
    }
}
