package io.melin.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.melin.storage.DirectoryLockedException;
import io.melin.storage.StorageDirectory;
import io.melin.storage.StorageFile;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** D5 of {@link SimulatedDisk}, scripted faults, the call log, locks and handles. */
class SimulatedDiskFaultTest {
    private static final Path DIRECTORY = Path.of("/simulated");
    private static final Path FILE = DIRECTORY.resolve("file");

    private final SimulatedDisk disk = new SimulatedDisk(1);

    /** D5: this is how a retry loses acknowledged bytes. */
    @Test
    void succeedsWhenAFailedForceIsRepeatedAndLosesTheBytes() throws IOException {
        StorageFile file = durableFile(64 * 4096);
        disk.failAt(DiskCall.Kind.FORCE, 1, Fault.eio());
        file.writeFully(ByteBuffer.wrap(filled(64 * 4096)), 0);

        assertThatIOException().isThrownBy(file::force).withMessage("Input/output error");
        file.force();

        assertThat(disk.image().bytes(FILE)).as("readers see them").containsOnly(1);
        assertThat(disk.durableImage().bytes(FILE)).as("some got lost").contains(0).contains(1);
        assertThat(disk.crashImage(CrashPlan.keepingAll())).isEqualTo(disk.durableImage());
    }

    @Test
    void succeedsWhenAFailedDirectorySyncIsRepeatedAndMayLoseTheNames() throws IOException {
        StorageDirectory directory = disk.open(DIRECTORY);
        disk.failAt(DiskCall.Kind.SYNC, 1, Fault.eio());
        for (int i = 0; i < 50; i++) {
            directory.create("file-" + i).close();
        }

        assertThatIOException().isThrownBy(directory::sync);
        directory.sync();

        assertThat(directory.list()).hasSize(50);
        assertThat(disk.durableImage().files()).hasSizeLessThan(50);
    }

    @Test
    void failsTheCallOfTheNumberAskedForAndNoOther() throws IOException {
        StorageFile file = durableFile(0);
        disk.failAt(DiskCall.Kind.WRITE, 2, Fault.noSpace());
        disk.failAtChange(4, Fault.eio());

        file.write(ByteBuffer.allocate(1), 0);
        assertThatIOException()
                .isThrownBy(() -> file.write(ByteBuffer.allocate(1), 1))
                .withMessage("No space left on device");
        file.write(ByteBuffer.allocate(1), 1);
        assertThatIOException()
                .isThrownBy(() -> file.write(ByteBuffer.allocate(1), 2))
                .withMessage("Input/output error");
        file.write(ByteBuffer.allocate(1), 2);

        assertThat(file.size()).isEqualTo(3);
    }

    @Test
    void goesOnFailingWhereTheFaultLasts() throws IOException {
        StorageFile file = durableFile(1);
        disk.failFrom(DiskCall.Kind.READ, 2, Fault.eio());

        assertThat(file.read(ByteBuffer.allocate(1), 0)).isEqualTo(1);
        for (int i = 0; i < 3; i++) {
            assertThatIOException().isThrownBy(() -> file.read(ByteBuffer.allocate(1), 0));
        }
        disk.clearFaults();
        assertThat(file.read(ByteBuffer.allocate(1), 0)).isEqualTo(1);
    }

    @Test
    void writesShortAndNotAtAll() throws IOException {
        StorageFile file = durableFile(0);
        disk.failAt(DiskCall.Kind.WRITE, 1, Fault.shortWrite(3));
        file.writeFully(ByteBuffer.wrap(filled(10)), 0);

        assertThat(file.size()).as("a short write goes on").isEqualTo(10);
        disk.failAt(DiskCall.Kind.WRITE, 1, Fault.shortWrite(0));
        assertThatIOException()
                .isThrownBy(() -> file.writeFully(ByteBuffer.wrap(filled(10)), 10))
                .withMessageContaining("no progress");
    }

    @Test
    void isFullOnceItsCapacityIsTaken() throws IOException {
        StorageDirectory directory = disk.open(DIRECTORY);
        StorageFile file = directory.create("file");
        disk.capacityBytes(3 * 4096);

        assertThat(directory.freeBytes()).isEqualTo(3 * 4096);
        assertThat(file.write(ByteBuffer.wrap(filled(20_000)), 100)).isEqualTo(3 * 4096 - 100);
        assertThatIOException()
                .isThrownBy(() -> file.write(ByteBuffer.allocate(1), 3 * 4096))
                .withMessage("No space left on device");
        assertThat(directory.freeBytes()).isZero();
        assertThat(file.write(ByteBuffer.allocate(4096), 0)).as("in place").isEqualTo(4096);

        directory.delete("file");
        assertThat(directory.freeBytes()).isEqualTo(3 * 4096);
    }

    @Test
    void stallsOnlyTheCallerUntilReleased() throws Exception {
        StorageFile file = durableFile(1);
        Stall stall = new Stall();
        disk.failAt(DiskCall.Kind.FORCE, 1, Fault.stall(stall));
        file.write(ByteBuffer.wrap(filled(1)), 0);

        CompletableFuture<?> forced =
                CompletableFuture.runAsync(() -> {
                    try {
                        file.force();
                    } catch (IOException e) {
                        throw new AssertionError(e);
                    }
                });
        stall.awaitEntered(Duration.ofSeconds(10));

        assertThat(forced).isNotDone();
        assertThat(disk.durableImage().bytes(FILE)).containsOnly(0);
        stall.release();
        forced.get(10, TimeUnit.SECONDS);
        assertThat(disk.durableImage().bytes(FILE)).containsOnly(1);
    }

    @Test
    void runsAHookInsideTheCallBeforeItsEffect() throws IOException {
        StorageFile file = durableFile(1);
        StringBuilder seen = new StringBuilder();
        disk.failAt(
                DiskCall.Kind.WRITE, 1, Fault.hook(() -> seen.append(disk.image().bytes(FILE)[0])));

        file.write(ByteBuffer.wrap(filled(1)), 0);

        assertThat(seen).hasToString("0");
        assertThat(disk.image().bytes(FILE)).containsOnly(1);
    }

    @Test
    void throwsOutOfEveryCallAfterAPowerCutUntilTheCrash() throws IOException {
        StorageFile file = durableFile(1);
        disk.failAtChange(1, Fault.powerCut());

        assertThatThrownBy(() -> file.write(ByteBuffer.wrap(filled(1)), 0))
                .isInstanceOf(PowerCut.class)
                .hasMessageContaining("WRITE file@0+1");
        assertThatThrownBy(file::force).isInstanceOf(PowerCut.class);
        assertThatThrownBy(() -> disk.open(DIRECTORY)).isInstanceOf(PowerCut.class);

        disk.crash(CrashPlan.keepingAll());
        assertThatIOException().isThrownBy(file::force).withMessageContaining("before the crash");
        assertThat(disk.open(DIRECTORY).list()).containsExactly("file");
        assertThat(disk.image().bytes(FILE)).as("the cut call had no effect").containsOnly(0);
    }

    @Test
    void recordsCallsInOrderAndCountsThem() throws IOException {
        StorageDirectory directory = disk.open(DIRECTORY);
        disk.record(true);
        disk.failAt(DiskCall.Kind.FORCE, 1, Fault.eio());
        StorageFile file = directory.create("a");
        file.write(ByteBuffer.allocate(5), 7);
        assertThatIOException().isThrownBy(file::force);
        file.truncate(3);
        directory.rename("a", "b");
        directory.sync();
        directory.delete("b");

        assertThat(disk.calls())
                .extracting(DiskCall::toString)
                .containsExactly(
                        "CREATE a",
                        "WRITE a@7+5",
                        "FORCE a FAULT",
                        "TRUNCATE a",
                        "RENAME a>b",
                        "SYNC /simulated",
                        "DELETE b");
        assertThat(disk.changes()).isEqualTo(7);
        assertThat(disk.count(DiskCall.Kind.FORCE)).isEqualTo(1);
    }

    @Test
    void locksOnceUntilClosedOrCrashed() throws IOException {
        StorageDirectory directory = disk.open(DIRECTORY);
        Closeable stale = directory.lock("lock");

        assertThatThrownBy(() -> disk.open(DIRECTORY).lock("lock"))
                .isInstanceOf(DirectoryLockedException.class)
                .hasMessageContaining("this process");
        disk.kill();
        Closeable second = disk.open(DIRECTORY).lock("lock");
        stale.close();
        assertThat(disk.locks()).containsExactly(DIRECTORY.resolve("lock"));
        second.close();
        assertThat(disk.locks()).isEmpty();
    }

    @Test
    void keepsToTheContractOfThePort() throws IOException {
        StorageDirectory directory = disk.open(DIRECTORY);
        StorageFile file = directory.create("b");
        directory.create("a").close();

        assertThat(directory.list()).containsExactly("a", "b");
        assertThatThrownBy(() -> directory.create("a"))
                .isInstanceOf(FileAlreadyExistsException.class);
        assertThatThrownBy(() -> directory.openWrite("c")).isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> directory.rename("c", "d"))
                .isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> directory.create("a/b"))
                .isInstanceOf(IllegalArgumentException.class);
        StorageFile reader = directory.openRead("b");
        assertThatThrownBy(() -> reader.write(ByteBuffer.allocate(1), 0))
                .isInstanceOf(NonWritableChannelException.class);
        directory.rename("b", "a");
        file.writeFully(ByteBuffer.wrap(filled(2)), 0);
        assertThat(directory.list()).containsExactly("a");
        assertThat(disk.image().bytes(DIRECTORY.resolve("a"))).hasSize(2);
        assertThat(reader.read(ByteBuffer.allocate(4), 1)).isEqualTo(1);
        assertThat(reader.read(ByteBuffer.allocate(4), 2)).isEqualTo(-1);
        file.close();
        assertThatThrownBy(file::force).isInstanceOf(ClosedChannelException.class);
    }

    private StorageFile durableFile(int zeros) throws IOException {
        StorageDirectory directory = disk.open(DIRECTORY);
        StorageFile file = directory.create("file");
        file.writeFully(ByteBuffer.allocate(zeros), 0);
        file.force();
        directory.sync();
        return file;
    }

    private static byte[] filled(int length) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) 1);
        return bytes;
    }
}
