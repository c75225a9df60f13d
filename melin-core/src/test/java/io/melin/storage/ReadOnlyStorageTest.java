package io.melin.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadOnlyStorageTest {
    @TempDir Path path;

    /** N1 of {@link ReadOnlyDirectory}. */
    @Test
    void readsAndRefusesAllElse() throws IOException {
        Files.write(path.resolve("there"), new byte[] {1, 2, 3});

        try (StorageDirectory directory = ReadOnlyStorage.INSTANCE.open(path)) {
            assertThat(directory.list()).containsExactly("there");
            assertThat(directory.exists("there")).isTrue();
            try (StorageFile file = directory.openRead("there")) {
                assertThat(file.readFully(ByteBuffer.allocate(8), 1)).isEqualTo(2);
                assertThatThrownBy(() -> file.write(ByteBuffer.allocate(1), 0))
                        .isInstanceOf(RuntimeException.class);
            }
            List<ThrowingCallable> changes =
                    List.of(
                            () -> directory.create("new"),
                            () -> directory.openWrite("there"),
                            () -> directory.rename("there", "new"),
                            () -> directory.delete("there"),
                            () -> directory.lock("new"),
                            directory::sync);
            for (ThrowingCallable change : changes) {
                assertThatThrownBy(change)
                        .isInstanceOf(IOException.class)
                        .hasMessageContaining("read only");
            }
        }
        try (Stream<Path> files = Files.list(path)) {
            assertThat(files).containsExactly(path.resolve("there"));
        }
    }

    @Test
    void createsNoDirectory() {
        Path missing = path.resolve("missing");

        assertThatThrownBy(() -> ReadOnlyStorage.INSTANCE.open(missing))
                .isInstanceOf(NotDirectoryException.class);
        assertThat(missing).doesNotExist();
    }
}
