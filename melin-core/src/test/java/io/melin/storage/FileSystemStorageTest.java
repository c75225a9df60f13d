package io.melin.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.NonWritableChannelException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSystemStorageTest {
    @TempDir Path temp;

    @Test
    void createsOnlyTheLastElementOfAPath() throws IOException {
        Path fresh = temp.resolve("data");

        try (StorageDirectory directory = FileSystemStorage.INSTANCE.open(fresh)) {
            assertThat(directory.path()).isEqualTo(fresh.toString());
            assertThat(directory.list()).isEmpty();
        }
        FileSystemStorage.INSTANCE.open(fresh).close();

        assertThat(fresh).isDirectory();
    }

    @Test
    void refusesAMissingParentBecauseAnUnmountedVolumeLooksLikeThat() {
        Path lost = temp.resolve("volume/data");

        assertThatIOException()
                .isThrownBy(() -> FileSystemStorage.INSTANCE.open(lost))
                .withMessageContaining("parent directory is missing")
                .withMessageContaining("directory=" + lost)
                .withMessageContaining("mount its volume");
        assertThat(temp.resolve("volume")).doesNotExist();
    }

    @Test
    void refusesAPathThatIsAFile() throws IOException {
        Path file = Files.createFile(temp.resolve("data"));

        assertThatIOException()
                .isThrownBy(() -> FileSystemStorage.INSTANCE.open(file))
                .withMessageContaining("path is not a directory");
        assertThatIOException()
                .isThrownBy(() -> FileSystemStorage.INSTANCE.open(file.resolve("below")))
                .withMessageContaining("parent directory is missing");
    }

    /** No user, not even the superuser, can create a directory there. */
    @Test
    void namesTheReasonWhenTheDirectoryCannotBeCreated() {
        Assumptions.assumeTrue(
                Files.isDirectory(Path.of("/proc/self")), "SKIPPED: this machine has no /proc");

        assertThatIOException()
                .isThrownBy(() -> FileSystemStorage.INSTANCE.open(Path.of("/proc/self/melin")))
                .withMessageContaining("directory cannot be created")
                .withMessageContaining("directory=/proc/self/melin")
                .withMessageContaining("reason=")
                .withMessageContaining("make the parent writable");
    }

    @Test
    void refusesAReadOnlyMountEvenForTheSuperuser() throws IOException {
        try (TemporaryMount mount = TemporaryMount.of(temp.resolve("mount"), "size=64k")) {
            mount.makeReadOnly();

            assertThatIOException()
                    .isThrownBy(() -> FileSystemStorage.INSTANCE.open(mount.path()))
                    .withMessageContaining("directory is not writable")
                    .withMessageContaining("read-only");
        }
    }

    @Test
    void reportsAFullDiskAsAFailedWriteAndKeepsWhatWasWritten() throws IOException {
        try (TemporaryMount mount = TemporaryMount.of(temp.resolve("mount"), "size=64k");
                StorageDirectory directory = FileSystemStorage.INSTANCE.open(mount.path());
                StorageFile file = directory.create("full")) {
            ByteBuffer bytes = ByteBuffer.allocateDirect(256 * 1024);

            assertThat(directory.freeBytes()).isBetween(1L, 64L * 1024);
            assertThatIOException()
                    .isThrownBy(() -> file.writeFully(bytes, 0))
                    .withMessageContaining("No space left on device");
            assertThat(directory.freeBytes()).isZero();
            assertThat(file.size()).isBetween(1L, 64L * 1024);
        }
    }

    /** It is asked ten times a second for as long as a node runs, and no collector should. */
    @Test
    void asksForFreeSpaceWithoutReadingTheMountsAgain() throws IOException {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().getId();
        try (StorageDirectory directory = FileSystemStorage.INSTANCE.open(temp)) {
            for (int i = 0; i < 1_000; i++) {
                assertThat(directory.freeBytes()).isPositive();
            }
            long before = threads.getThreadAllocatedBytes(thread);
            long freeBytes = Long.MAX_VALUE;
            for (int i = 0; i < 1_000; i++) {
                freeBytes = Math.min(freeBytes, directory.freeBytes());
            }
            double perCall = (threads.getThreadAllocatedBytes(thread) - before) / 1_000.0;

            assertThat(freeBytes).isPositive();
            assertThat(perCall).as("bytes allocated by a call").isLessThan(256);
        }
    }

    @Test
    void readsAndWritesByPosition() throws IOException {
        try (StorageDirectory directory = FileSystemStorage.INSTANCE.open(temp);
                StorageFile file = directory.create("a")) {
            file.writeFully(bytes("world"), 6);
            file.writeFully(bytes("hello"), 0);
            file.force();
            ByteBuffer target = ByteBuffer.allocateDirect(64);

            assertThat(file.name()).isEqualTo("a");
            assertThat(file.size()).isEqualTo(11);
            assertThat(file.readFully(target, 0)).isEqualTo(11);
            assertThat(text(target)).isEqualTo("hello\0world");
            assertThat(file.read(ByteBuffer.allocate(1), 11)).isEqualTo(-1);

            file.truncate(5);

            assertThat(file.size()).isEqualTo(5);
        }
    }

    @Test
    void opensForReadingOnlyWhatExistsAndCreatesOnlyWhatDoesNot() throws IOException {
        try (StorageDirectory directory = FileSystemStorage.INSTANCE.open(temp)) {
            directory.create("a").close();

            assertThatThrownBy(() -> directory.create("a"))
                    .isInstanceOf(FileAlreadyExistsException.class);
            assertThatThrownBy(() -> directory.openWrite("b"))
                    .isInstanceOf(NoSuchFileException.class);
            assertThatThrownBy(() -> directory.openRead("b"))
                    .isInstanceOf(NoSuchFileException.class);
            try (StorageFile file = directory.openRead("a")) {
                assertThatThrownBy(() -> file.write(bytes("x"), 0))
                        .isInstanceOf(NonWritableChannelException.class);
                assertThatThrownBy(() -> file.truncate(0))
                        .isInstanceOf(NonWritableChannelException.class);
            }
        }
    }

    @Test
    void listsPlainFilesInOrderAndRenamesOverAnOldOne() throws IOException {
        Files.createDirectory(temp.resolve("0-directory"));
        try (StorageDirectory directory = FileSystemStorage.INSTANCE.open(temp)) {
            for (String name : new String[] {"c", "a", "b"}) {
                try (StorageFile file = directory.create(name)) {
                    file.writeFully(bytes(name), 0);
                }
            }

            directory.rename("c", "a");
            directory.delete("b");
            directory.sync();

            assertThat(directory.list()).containsExactly("a");
            assertThat(directory.exists("a")).isTrue();
            assertThat(directory.exists("c")).isFalse();
            assertThat(directory.exists("0-directory")).isFalse();
            assertThat(Files.readString(temp.resolve("a"))).isEqualTo("c");
        }
    }

    @Test
    void refusesNamesThatLeaveTheDirectory() throws IOException {
        try (StorageDirectory directory = FileSystemStorage.INSTANCE.open(temp)) {
            for (String name : new String[] {"", ".", "..", "../a", "a/b", "/etc/passwd"}) {
                assertThatThrownBy(() -> directory.create(name))
                        .as(name)
                        .isInstanceOf(IllegalArgumentException.class);
            }
        }
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static String text(ByteBuffer target) {
        return StandardCharsets.US_ASCII.decode(target.flip()).toString();
    }
}
