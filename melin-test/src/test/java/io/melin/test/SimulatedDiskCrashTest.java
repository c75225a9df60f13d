package io.melin.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.melin.storage.StorageDirectory;
import io.melin.storage.StorageFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * D1 to D4 of {@link SimulatedDisk}, the first two kept by {@link Inode}, the others by {@link
 * NameTable}: what is certain, and that all that is uncertain occurs.
 */
class SimulatedDiskCrashTest {
    private static final Path DIRECTORY = Path.of("/simulated");
    private static final Path FILE = DIRECTORY.resolve("file");
    private static final int SEEDS = 1_000;

    private final SimulatedDisk disk = new SimulatedDisk(1);

    /** D1 and D3. */
    @Test
    void keepsWhatWasSyncedThroughEveryPlan() throws IOException {
        StorageFile file = durableFile(filled(10_000, 1));
        file.truncate(9_000);
        file.force();
        DiskImage synced = disk.image();

        Seeds.each(
                getClass(),
                SEEDS,
                seed -> {
                    for (CrashPlan.Names names : CrashPlan.Names.values()) {
                        CrashPlan plan = CrashPlan.random(seed).withNames(names);
                        assertThat(disk.crashImage(plan)).isEqualTo(synced);
                    }
                });
    }

    /** D2: three writes of two blocks each over pre-zeroed space. */
    @Test
    void losesKeepsTearsAndReordersUnsyncedBlocks() throws IOException {
        int block = 4096;
        StorageFile file = durableFile(new byte[6 * block]);
        for (int write = 0; write < 3; write++) {
            file.writeFully(
                    ByteBuffer.wrap(filled(2 * block, write + 1)), (long) write * 2 * block);
        }
        Set<String> outcomes = new TreeSet<>();

        for (long seed = 0; seed < SEEDS; seed++) {
            byte[] found = disk.crashImage(any(seed, block)).bytes(FILE);
            StringBuilder outcome = new StringBuilder();
            for (int i = 0; i < 6; i++) {
                int value = found[i * block];
                assertThat(value).isIn(0, i / 2 + 1);
                assertThat(Arrays.copyOfRange(found, i * block, (i + 1) * block))
                        .isEqualTo(filled(block, value));
                outcome.append(value == 0 ? '-' : '+');
            }
            outcomes.add(outcome.toString());
        }

        assertThat(outcomes).as("every subset of six blocks occurs").hasSize(64);
    }

    @Test
    void leavesABlockInAnyOfItsVersions() throws IOException {
        StorageFile file = durableFile(filled(4096, 1));
        file.writeFully(ByteBuffer.wrap(filled(4096, 2)), 0);
        file.writeFully(ByteBuffer.wrap(filled(4096, 3)), 0);
        Set<Integer> first = new HashSet<>();
        Set<Boolean> mixed = new HashSet<>();

        for (long seed = 0; seed < SEEDS; seed++) {
            byte[] found = disk.crashImage(any(seed, 512)).bytes(FILE);
            first.add((int) found[0]);
            mixed.add(found[0] != found[512]);
        }

        assertThat(first).containsExactlyInAnyOrder(1, 2, 3);
        assertThat(mixed).containsExactlyInAnyOrder(true, false);
    }

    @Test
    void losesKeepsOrMixesTheSizeOfAFileThatGrewOrShrank() throws IOException {
        StorageFile file = durableFile(filled(1_000, 1));
        file.truncate(600);
        file.writeFully(ByteBuffer.wrap(filled(900, 2)), 1_100);
        Set<Long> sizes = new TreeSet<>();

        for (long seed = 0; seed < SEEDS; seed++) {
            DiskImage image = disk.crashImage(any(seed, 512));
            sizes.add(image.size(FILE));
            if (image.size(FILE) == 2_000) {
                assertThat(Arrays.copyOfRange(image.bytes(FILE), 600, 1_100))
                        .as("bytes that were cut off do not come back")
                        .containsOnly(0);
            }
        }

        assertThat(sizes).containsExactly(600L, 1_000L, 2_000L);
    }

    /** Every byte after a crash is one that this place held since it was last synced. */
    @Test
    void inventsNoByteInRandomHistories() {
        Seeds.each(getClass(), 200, SimulatedDiskCrashTest::checkRandomHistory);
    }

    private static void checkRandomHistory(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        SimulatedDisk disk = new SimulatedDisk(seed);
        ByteHistory history = new ByteHistory(9_000);
        try (StorageDirectory directory = disk.open(DIRECTORY);
                StorageFile file = directory.create("file")) {
            directory.sync();
            for (int step = 1; step <= 40; step++) {
                int kind = random.nextInt(10);
                if (kind < 7) {
                    byte[] bytes = filled(1 + random.nextInt(3_000), step);
                    int offset = random.nextInt(6_000);
                    file.writeFully(ByteBuffer.wrap(bytes), offset);
                    history.write(offset, bytes);
                } else if (kind < 8) {
                    int size = random.nextInt(9_000);
                    file.truncate(size);
                    history.truncate(size);
                } else {
                    file.force();
                    history.force();
                }
                assertThat(disk.image().bytes(FILE)).isEqualTo(history.now());
                assertThat(disk.durableImage().bytes(FILE)).isEqualTo(history.synced());
                for (int crash = 0; crash < 2; crash++) {
                    CrashPlan plan = CrashPlan.random(random.nextLong());
                    history.check(disk.crashImage(plan).bytes(FILE));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** D3: forced bytes are of no use under a name that nobody synced. */
    @Test
    void mayLoseAForcedFileWhoseNameWasNotSynced() throws IOException {
        StorageFile file = disk.open(DIRECTORY).create("file");
        file.writeFully(ByteBuffer.wrap(filled(10, 1)), 0);
        file.force();
        Set<Boolean> exists = new HashSet<>();

        for (long seed = 0; seed < SEEDS; seed++) {
            exists.add(disk.crashImage(CrashPlan.random(seed)).exists(FILE));
        }

        assertThat(exists).containsExactlyInAnyOrder(true, false);
    }

    /** D4, and rename over an old file: what is found is the old one or the new one. */
    @Test
    void keepsTheOldNameOrTheNewOneAndNeverNeither() throws IOException {
        durableFile(filled(10, 1)).close();
        StorageDirectory directory = disk.open(DIRECTORY);
        try (StorageFile next = directory.create("next")) {
            next.writeFully(ByteBuffer.wrap(filled(10, 2)), 0);
            next.force();
        }
        directory.sync();
        directory.rename("next", "file");
        Set<String> found = new TreeSet<>();

        for (long seed = 0; seed < SEEDS; seed++) {
            for (CrashPlan.Names names : CrashPlan.Names.values()) {
                DiskImage image = disk.crashImage(CrashPlan.random(seed).withNames(names));
                found.add(image.bytes(FILE)[0] + " of " + image.files().size());
            }
        }

        assertThat(found).containsExactly("1 of 2", "2 of 1");
    }

    @Test
    void keepsNameChangesInOrderUnlessAnyIsAskedFor() throws IOException {
        StorageDirectory directory = disk.open(DIRECTORY);
        for (String name : new String[] {"a", "b"}) {
            directory.create(name).close();
        }
        directory.sync();
        directory.rename("a", "a2");
        directory.delete("b");
        Set<String> ordered = new TreeSet<>();
        Set<String> any = new TreeSet<>();

        for (long seed = 0; seed < SEEDS; seed++) {
            CrashPlan plan = CrashPlan.random(seed);
            ordered.add(names(plan.withNames(CrashPlan.Names.ORDERED)));
            any.add(names(plan.withNames(CrashPlan.Names.ANY)));
        }

        assertThat(ordered).containsExactly("[a, b]", "[a2, b]", "[a2]");
        assertThat(any).containsExactly("[a, b]", "[a2, b]", "[a2]", "[a]");
    }

    @Test
    void drawsEveryKindOfPlan() {
        Set<Object> seen = new HashSet<>();

        for (long seed = 0; seed < 200; seed++) {
            CrashPlan plan = CrashPlan.random(seed);
            seen.addAll(Set.of(plan.writes(), plan.names(), plan.blockBytes()));
        }

        assertThat(seen)
                .contains((Object[]) CrashPlan.Writes.values())
                .contains(CrashPlan.Names.LOST, CrashPlan.Names.KEPT, CrashPlan.Names.ORDERED)
                .contains(512, 4096)
                .doesNotContain(CrashPlan.Names.ANY);
    }

    @Test
    void isTheSameDiskForTheSameSeedAndCalls() throws IOException {
        SimulatedDisk twin = new SimulatedDisk(1);
        for (SimulatedDisk each : new SimulatedDisk[] {disk, twin}) {
            StorageFile file = each.open(DIRECTORY).create("file");
            each.failAt(DiskCall.Kind.FORCE, 1, Fault.eio());
            file.writeFully(ByteBuffer.wrap(filled(50_000, 1)), 0);
            assertThat(forceFails(file)).isTrue();
            each.crash(CrashPlan.random(7).withNames(CrashPlan.Names.KEPT));
        }

        assertThat(disk.image()).isEqualTo(twin.image());
        assertThat(disk.image().files()).containsExactly(FILE);
    }

    /** A kill keeps the machine's memory, so a later power cut may still take the bytes. */
    @Test
    void keepsUnsyncedBytesThroughAKillAndMayStillLoseThem() throws IOException {
        durableFile(new byte[10]).writeFully(ByteBuffer.wrap(filled(10, 1)), 0);

        disk.kill();

        assertThat(disk.image().bytes(FILE)).containsOnly(1);
        assertThat(disk.durableImage().bytes(FILE)).containsOnly(0);
        disk.crash(CrashPlan.losingAll());
        assertThat(disk.image().bytes(FILE)).containsOnly(0);
    }

    private String names(CrashPlan plan) {
        return disk.crashImage(plan).files().stream().map(Path::getFileName).toList().toString();
    }

    private StorageFile durableFile(byte[] content) throws IOException {
        StorageDirectory directory = disk.open(DIRECTORY);
        StorageFile file = directory.create("file");
        file.writeFully(ByteBuffer.wrap(content), 0);
        file.force();
        directory.sync();
        return file;
    }

    private static boolean forceFails(StorageFile file) {
        try {
            file.force();
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    private static CrashPlan any(long seed, int blockBytes) {
        return new CrashPlan(seed, CrashPlan.Writes.ANY, CrashPlan.Names.KEPT, blockBytes, 50);
    }

    private static byte[] filled(int length, int value) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }
}
