package io.melin.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** L1 and L2 of {@link FileSystemLock}, between processes and inside one. */
class FileSystemLockTest {
    @TempDir Path temp;

    @Test
    void refusesASecondHolderInThisProcess() throws IOException {
        StorageDirectory directory = FileSystemStorage.INSTANCE.open(temp);

        try (Closeable first = directory.lock("lock")) {
            assertThat(first).isNotNull();
            assertThatThrownBy(() -> FileSystemStorage.INSTANCE.open(temp).lock("lock"))
                    .isInstanceOfSatisfying(
                            DirectoryLockedException.class,
                            e -> {
                                assertThat(e.holder()).isEqualTo("this process");
                                assertThat(e.directory()).isEqualTo(temp.toString());
                            });
        }
    }

    @Test
    void isFreeAgainAfterCloseAndTheFileStays() throws IOException {
        StorageDirectory directory = FileSystemStorage.INSTANCE.open(temp);

        for (int round = 0; round < 3; round++) {
            Closeable lock = directory.lock("lock");
            lock.close();
            lock.close();
        }

        assertThat(directory.list()).containsExactly("lock");
    }

    @Test
    void namesTheHolderInAnotherProcess() throws Exception {
        StorageDirectory directory = FileSystemStorage.INSTANCE.open(temp);
        try (Other other = new Other(temp)) {
            assertThat(other.answer()).isEqualTo("LOCKED");

            assertThatThrownBy(() -> directory.lock("lock"))
                    .isInstanceOf(DirectoryLockedException.class)
                    .hasMessageContaining("holder=pid " + other.pid());

            other.kill();
            directory.lock("lock").close();
        }
    }

    /** L2: the refused attempt must not have closed a handle of the lock file. */
    @Test
    void keepsOtherProcessesOutAfterARefusedAttemptInThisOne() throws Exception {
        StorageDirectory directory = FileSystemStorage.INSTANCE.open(temp);
        try (Closeable first = directory.lock("lock")) {
            assertThat(first).isNotNull();
            assertThatThrownBy(() -> directory.lock("lock"))
                    .isInstanceOf(DirectoryLockedException.class);
            Path link =
                    Files.createSymbolicLink(
                            temp.resolveSibling("link-" + System.nanoTime()), temp);
            assertThatThrownBy(() -> FileSystemStorage.INSTANCE.open(link).lock("lock"))
                    .isInstanceOf(DirectoryLockedException.class);
            Files.delete(link);

            try (Other other = new Other(temp)) {
                assertThat(other.answer())
                        .isEqualTo("REFUSED pid " + ProcessHandle.current().pid());
            }
        }
    }

    /** A second process that takes the lock, says so, and holds it until it is killed. */
    private static final class Other implements AutoCloseable {
        private final Process process;
        private final BufferedReader output;

        Other(Path directory) throws IOException {
            process =
                    new ProcessBuilder(
                                    Path.of(property("java.home"), "bin", "java").toString(),
                                    "-cp",
                                    property("java.class.path"),
                                    LockHolder.class.getName(),
                                    directory.toString())
                            .redirectError(ProcessBuilder.Redirect.INHERIT)
                            .start();
            output = process.inputReader(StandardCharsets.UTF_8);
        }

        private static String property(String name) {
            return String.valueOf(System.getProperty(name));
        }

        String answer() throws IOException {
            return String.valueOf(output.readLine());
        }

        long pid() {
            return process.pid();
        }

        void kill() {
            process.destroyForcibly().onExit().join();
        }

        @Override
        public void close() {
            kill();
        }
    }

    /** Main of the second process. */
    static final class LockHolder {
        private LockHolder() {}

        @SuppressWarnings("try")
        public static void main(String[] arguments) throws IOException {
            try (Closeable lock =
                    FileSystemStorage.INSTANCE.open(Path.of(arguments[0])).lock("lock")) {
                System.out.println("LOCKED");
                System.in.read();
            } catch (DirectoryLockedException e) {
                System.out.println("REFUSED " + e.holder());
            }
        }
    }
}
