package io.melin.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.melin.integrity.Crc32c;
import io.melin.snapshot.SnapshotException.NotASnapshot;
import io.melin.snapshot.SnapshotException.SnapshotCorrupt;
import io.melin.snapshot.SnapshotException.SnapshotRestoreFailed;
import io.melin.snapshot.SnapshotException.SnapshotTruncated;
import io.melin.snapshot.SnapshotException.SnapshotUnreadable;
import io.melin.snapshot.SnapshotException.UnsupportedSnapshotVersion;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One snapshot of three chunks, 128, 128 and 44 bytes, with each kind of damage. */
class SnapshotDamageTest {
    private static final int PAYLOAD_BYTES = 300;
    private static final int SECOND_CHUNK = SnapshotHeader.END + ChunkFrame.BYTES + 128;
    private static final int BYTES =
            SnapshotHeader.END + PAYLOAD_BYTES + 4 * ChunkFrame.BYTES + SnapshotTrailer.END;

    @TempDir Path directory;

    private Snapshots snapshots;
    private SnapshotFile file;
    private byte[] whole;

    @BeforeEach
    void save() throws IOException {
        snapshots = new Snapshots(directory, 2);
        file = snapshots.save(7, PAYLOAD_BYTES);
        whole = snapshots.bytes(file);
    }

    private SnapshotException read(byte[] bytes) throws IOException {
        snapshots.put(file, bytes);
        SnapshotException verified =
                catchThrowableOfType(SnapshotException.class, () -> snapshots.store().verify(file));
        SnapshotException restored =
                catchThrowableOfType(
                        SnapshotException.class,
                        () ->
                                snapshots
                                        .store()
                                        .restore(
                                                file,
                                                Snapshots.VERSIONS,
                                                (header, in) -> readAll(in)));
        assertThat(verified).as("verify and restore agree").isNotNull();
        assertThat(restored).hasSameClassAs(verified);
        assertThat(restored.place()).isEqualTo(verified.place());
        return verified;
    }

    private static void readAll(io.melin.app.SnapshotReader in) throws IOException {
        in.readBytes(ByteBuffer.allocate(PAYLOAD_BYTES));
    }

    @Test
    void isReadAsItIs() {
        assertThat(whole).hasSize(BYTES);
        assertThat(snapshots.store().verify(file)).isEqualTo(Snapshots.header(7));
    }

    @Test
    void namesEveryFlippedBit() throws IOException {
        for (int bit = 0; bit < BYTES * 8; bit++) {
            byte[] bytes = whole.clone();
            bytes[bit / 8] ^= (byte) (1 << bit % 8);
            SnapshotException found = read(bytes);

            assertThat(found.isDamage()).as("bit=%d", bit).isTrue();
            assertThat(found.sequence()).isEqualTo(7);
            assertThat(found).hasMessageContaining(file.name()).hasMessageContaining("offset=");
            if (found instanceof SnapshotCorrupt) {
                assertThat(found.offset()).as("bit=%d", bit).isLessThanOrEqualTo(bit / 8);
            }
        }
    }

    @Test
    void namesTheChunkAndItsOffset() throws IOException {
        byte[] bytes = whole.clone();
        bytes[SECOND_CHUNK + 50] ^= 1;

        SnapshotException found = read(bytes);
        assertThat(found).isInstanceOf(SnapshotCorrupt.class);
        assertThat(found.chunk()).isEqualTo(1);
        assertThat(found.offset()).isEqualTo(SECOND_CHUNK);
        assertThat(found.hint()).contains("older snapshot");
    }

    @Test
    void isTruncatedAtEveryShorterLength() throws IOException {
        for (int length = 0; length < BYTES; length++) {
            SnapshotException found = read(Arrays.copyOf(whole, length));

            assertThat(found).as("length=%d", length).isInstanceOf(SnapshotTruncated.class);
            assertThat(found.offset()).isEqualTo(length);
        }
    }

    @Test
    void refusesASingleTrailingByte() throws IOException {
        for (byte last : new byte[] {0, 1}) {
            byte[] bytes = Arrays.copyOf(whole, BYTES + 1);
            bytes[BYTES] = last;

            SnapshotException found = read(bytes);
            assertThat(found).isInstanceOf(SnapshotCorrupt.class);
            assertThat(found.offset()).isEqualTo(BYTES);
        }
    }

    /** Each chunk is intact: only the trailer can tell. */
    @Test
    void refusesChunksThatAreMissingTwiceThereOrSwapped() throws IOException {
        int first = SnapshotHeader.END;
        byte[] missing = splice(0, first, SECOND_CHUNK, BYTES);
        byte[] twice = splice(0, SECOND_CHUNK, first, BYTES);
        byte[] swapped = whole.clone();
        System.arraycopy(whole, first, swapped, SECOND_CHUNK, 136);
        System.arraycopy(whole, SECOND_CHUNK, swapped, first, 136);

        for (byte[] bytes : new byte[][] {swapped, missing, twice}) {
            snapshots.put(file, bytes);
            assertThatThrownBy(() -> snapshots.store().verify(file))
                    .isInstanceOf(SnapshotCorrupt.class)
                    .hasMessageContaining("not what was written");
        }
    }

    private byte[] splice(int from, int to, int secondFrom, int secondTo) {
        byte[] bytes =
                Arrays.copyOf(
                        Arrays.copyOfRange(whole, from, to), to - from + secondTo - secondFrom);
        System.arraycopy(whole, secondFrom, bytes, to - from, secondTo - secondFrom);
        return bytes;
    }

    @Test
    void tellsAForeignFile() throws IOException {
        assertThat(read("not ours at all".repeat(30).getBytes())).isInstanceOf(NotASnapshot.class);
    }

    @Test
    void tellsASnapshotUnderAnotherName() throws IOException {
        SnapshotFile other = snapshots.save(8, 10);
        snapshots.put(file, snapshots.bytes(other));

        assertThatThrownBy(() -> snapshots.store().verify(file))
                .isInstanceOf(SnapshotCorrupt.class)
                .hasMessageContaining("expected=7, found=8");
    }

    /** No damage: the next snapshot would be of that version too. */
    @Test
    void refusesAnotherVersionAndAnUnknownFeature() throws IOException {
        for (int field : new int[] {SnapshotHeader.FORMAT_VERSION, SnapshotHeader.FEATURE_BITS}) {
            byte[] bytes = whole.clone();
            bytes[field] = 2;
            ByteBuffer out = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
            out.putInt(SnapshotHeader.CRC32C, new Crc32c().of(out, 0, SnapshotHeader.CRC32C));

            SnapshotException found = read(bytes);
            assertThat(found).isInstanceOf(UnsupportedSnapshotVersion.class);
            assertThat(found.isDamage()).isFalse();
            assertThat(found.hint()).contains("move the snapshots away");
        }
    }

    @Test
    void tellsAFileThatIsNotThere() {
        SnapshotFile missing = new SnapshotFile("melin.journal.snap.00000000000000000009", 9);

        assertThatThrownBy(() -> snapshots.store().verify(missing))
                .isInstanceOf(SnapshotUnreadable.class);
    }

    /** Snapshot and restore are exact inverses, or it is said. */
    @Test
    void refusesARestoreThatLeavesBytesOrWantsMore() {
        for (int bytes : new int[] {PAYLOAD_BYTES - 1, PAYLOAD_BYTES + 1}) {
            assertThatThrownBy(() ->
                            snapshots
                                    .store()
                                    .restore(
                                            file,
                                            Snapshots.VERSIONS,
                                            (header, in) ->
                                                    in.readBytes(ByteBuffer.allocate(bytes))))
                    .isInstanceOfSatisfying(
                            SnapshotRestoreFailed.class, e -> assertThat(e.isDamage()).isFalse());
        }
    }

    @Test
    void putsDamageBeforeWhatTheRestoreMadeOfIt() throws IOException {
        byte[] bytes = whole.clone();
        bytes[BYTES - 20] ^= 1;
        snapshots.put(file, bytes);

        assertThatThrownBy(() ->
                        snapshots
                                .store()
                                .restore(
                                        file,
                                        Snapshots.VERSIONS,
                                        (header, in) -> {
                                            throw new IllegalStateException("bad state");
                                        }))
                .isInstanceOf(SnapshotCorrupt.class)
                .satisfies(e -> assertThat(e.getSuppressed()[0]).hasMessage("bad state"));
    }

    @Test
    void doesNotForgetDamageThatARestoreSwallowed() throws IOException {
        byte[] bytes = whole.clone();
        bytes[SECOND_CHUNK + 50] ^= 1;
        snapshots.put(file, bytes);

        assertThatThrownBy(() ->
                        snapshots
                                .store()
                                .restore(
                                        file,
                                        Snapshots.VERSIONS,
                                        (header, in) -> {
                                            try {
                                                readAll(in);
                                            } catch (SnapshotCorrupt e) {
                                                // As an application may.
                                            }
                                        }))
                .isInstanceOf(SnapshotCorrupt.class);
    }
}
