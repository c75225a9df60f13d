package io.melin.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.melin.app.SnapshotReader;
import io.melin.app.SnapshotWriter;
import io.melin.snapshot.SnapshotException.SnapshotRestoreFailed;
import io.melin.storage.FileSystemStorage;
import io.melin.testing.AllocatedBytes;
import io.melin.testing.Seeds;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

class ChunkStreamTest {
    @TempDir Path directory;

    @TestFactory
    Stream<DynamicTest> givesBackEveryValueWhereverTheChunksAreCut() {
        return Seeds.each(
                ChunkStreamTest.class,
                (random, repro) -> {
                    for (int i = 0; i < 40; i++) {
                        SnapshotStore store = store(128 + random.nextInt(80));
                        List<Object> values = values(random, random.nextInt(300));
                        SnapshotFile file =
                                store.save(
                                        Snapshots.header(1),
                                        out -> write(values, out),
                                        SavePace.NONE);
                        List<Object> read = new ArrayList<>();
                        store.restore(
                                file, Snapshots.VERSIONS, (header, in) -> read(values, in, read));

                        assertThat(read).as(repro).isEqualTo(values);
                    }
                });
    }

    /** What the pace hands to the device is the chunk, and between two nothing is left out. */
    @Test
    void tellsThePaceWhereEachChunkLies() throws IOException {
        Snapshots snapshots = new Snapshots(directory, 2);
        List<Long> offsets = new ArrayList<>();
        List<Integer> sizes = new ArrayList<>();
        snapshots
                .store()
                .save(
                        Snapshots.header(1),
                        out -> out.writeBytes(ByteBuffer.allocate(2 * Snapshots.CHUNK_BYTES + 1)),
                        (file, offset, bytes) -> {
                            offsets.add(offset);
                            sizes.add(bytes);
                            assertThat(file.size()).isEqualTo(offset + bytes);
                        });

        int whole = ChunkFrame.BYTES + Snapshots.CHUNK_BYTES;
        long first = SnapshotHeader.END;
        assertThat(offsets).containsExactly(first, first + whole, first + 2 * whole);
        assertThat(sizes).containsExactly(whole, whole, ChunkFrame.BYTES + 1);
    }

    /** Equal states give equal files: only the bytes count, not the calls that wrote them. */
    @Test
    void cutsTheSameBytesTheSameWayHoweverTheyAreWritten() throws IOException {
        byte[] payload = new byte[1_000];
        new Random(3).nextBytes(payload);
        Snapshots snapshots = new Snapshots(directory, 2);
        List<byte[]> files = new ArrayList<>();
        for (int step : new int[] {1, 7, 128, 1_000}) {
            SnapshotFile file =
                    snapshots
                            .store()
                            .save(
                                    Snapshots.header(1),
                                    out -> {
                                        for (int at = 0; at < 1_000; at += step) {
                                            int bytes = Math.min(step, 1_000 - at);
                                            out.writeBytes(ByteBuffer.wrap(payload, at, bytes));
                                        }
                                    },
                                    SavePace.NONE);
            files.add(snapshots.bytes(file));
        }

        assertThat(files).allSatisfy(bytes -> assertThat(bytes).isEqualTo(files.get(0)));
    }

    @Test
    void readsWhatIsLaidOverTheChunksWithoutAskingForImpossibleMemory() throws IOException {
        SnapshotStore store = store(128);
        SnapshotFile file =
                store.save(
                        Snapshots.header(1),
                        out -> out.writeInt(Integer.MAX_VALUE - 7),
                        SavePace.NONE);

        assertThatThrownBy(() ->
                        store.restore(file, Snapshots.VERSIONS, (header, in) -> in.readString()))
                .isInstanceOf(SnapshotRestoreFailed.class)
                .hasMessageContaining("no string of such a length");
    }

    @Test
    void readsChunksOfEverySizeThatTheFormatAllows() throws IOException {
        byte[] payload = new byte[3 << 20];
        new Random(5).nextBytes(payload);
        SnapshotFile file =
                store(1 << 20)
                        .save(
                                Snapshots.header(1),
                                out -> out.writeBytes(ByteBuffer.wrap(payload)),
                                SavePace.NONE);
        ByteBuffer read = ByteBuffer.allocate(payload.length);
        store(128).restore(file, Snapshots.VERSIONS, (header, in) -> in.readBytes(read));

        assertThat(read.array()).isEqualTo(payload);
    }

    @Test
    void savesAndRestoresInConstantMemory() throws IOException {
        SnapshotStore store = store(SnapshotStore.Config.CHUNK_BYTES);
        long longs = 3 << 20;
        long allocated =
                AllocatedBytes.during(() -> {
                    try {
                        SnapshotFile file =
                                store.save(
                                        Snapshots.header(1),
                                        out -> {
                                            for (long i = 0; i < longs; i++) {
                                                out.writeLong(i);
                                            }
                                        },
                                        SavePace.NONE);
                        store.restore(
                                file,
                                Snapshots.VERSIONS,
                                (header, in) -> {
                                    for (long i = 0; i < longs; i++) {
                                        if (in.readLong() != i) {
                                            throw new IOException("not the same");
                                        }
                                    }
                                });
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });

        assertThat(allocated).as("for 24 MiB").isLessThan(256 << 10);
    }

    private SnapshotStore store(int chunkBytes) throws IOException {
        return new SnapshotStore(
                FileSystemStorage.INSTANCE.open(directory),
                new SnapshotStore.Config("melin.journal", 2, chunkBytes));
    }

    private static List<Object> values(Random random, int count) {
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] bytes = new byte[random.nextInt(400)];
            random.nextBytes(bytes);
            values.add(
                    switch (random.nextInt(5)) {
                        case 0 -> (byte) random.nextInt();
                        case 1 -> random.nextInt();
                        case 2 -> random.nextLong();
                        case 3 -> "zwölf Boxkämpfer ".repeat(random.nextInt(20));
                        default -> ByteBuffer.wrap(bytes);
                    });
        }
        return values;
    }

    private static void write(List<Object> values, SnapshotWriter out) throws IOException {
        for (Object value : values) {
            if (value instanceof Byte number) {
                out.writeByte(number);
            } else if (value instanceof Integer number) {
                out.writeInt(number);
            } else if (value instanceof Long number) {
                out.writeLong(number);
            } else if (value instanceof String text) {
                out.writeString(text);
            } else {
                out.writeBytes(((ByteBuffer) value).duplicate());
            }
        }
    }

    private static void read(List<Object> like, SnapshotReader in, List<Object> read)
            throws IOException {
        for (Object value : like) {
            if (value instanceof Byte) {
                read.add(in.readByte());
            } else if (value instanceof Integer) {
                read.add(in.readInt());
            } else if (value instanceof Long) {
                read.add(in.readLong());
            } else if (value instanceof String) {
                read.add(in.readString());
            } else {
                ByteBuffer bytes = ByteBuffer.allocate(((ByteBuffer) value).remaining());
                in.readBytes(bytes);
                read.add(bytes.flip());
            }
        }
    }
}
