package io.melin.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.jna.Native;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.CodeSource;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class WritebackTest {
    private static final int BYTES = 8 << 20;

    private Path file = Path.of("");

    /** On the disk that the build lies on: temporary directories may be memory. */
    @BeforeEach
    void create() throws IOException {
        file = Path.of("target", "writeback.bin");
        Files.deleteIfExists(file);
        Files.write(file, new byte[BYTES], StandardOpenOption.CREATE_NEW);
    }

    @AfterEach
    void delete() throws IOException {
        Files.delete(file);
    }

    @Test
    void whatWasBegunIsOnItsWayWithoutASync() throws Exception {
        try (Writeback writeback = Objects.requireNonNull(Writeback.of(file))) {
            Assumptions.assumeTrue(
                    CachedPages.of(file, CachedPages.Count.DIRTY) > 0,
                    "SKIPPED: the kernel was faster");

            writeback.begin(0, BYTES);

            assertThat(CachedPages.of(file, CachedPages.Count.DIRTY)).isZero();
        }
    }

    @Test
    void whatIsCompleteHasLeftTheCache() throws Exception {
        try (Writeback writeback = Objects.requireNonNull(Writeback.of(file))) {
            assertThat(writeback.complete(0, BYTES)).isTrue();

            assertThat(CachedPages.of(file, CachedPages.Count.DIRTY)).isZero();
            assertThat(CachedPages.of(file, CachedPages.Count.ON_ITS_WAY)).isZero();
        }
    }

    @Test
    void whatWasNotBegunStays() throws Exception {
        try (Writeback writeback = Objects.requireNonNull(Writeback.of(file))) {
            Assumptions.assumeTrue(
                    CachedPages.of(file, CachedPages.Count.DIRTY) == BYTES >> 12,
                    "SKIPPED: the kernel was faster");

            writeback.begin(0, BYTES / 2);

            assertThat(CachedPages.of(file, CachedPages.Count.DIRTY)).isEqualTo(BYTES >> 13);
        }
    }

    /** {@link Writeback} W1. */
    @Test
    void aDescriptorThatIsGoneIsAFailureAndNoMissingCall() {
        Writeback writeback = Objects.requireNonNull(Writeback.of(file));
        assertThat(writeback).satisfies(Writeback::close);

        assertThatThrownBy(() -> writeback.begin(0, 1))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("errno=9");
        assertThatThrownBy(() -> writeback.complete(0, 1))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("errno=9");
        assertThat(writeback).as("again").satisfies(Writeback::close);
    }

    /** {@link Writeback} W2. */
    @Test
    void aPathThatCannotBeOpenedHasNone() {
        assertThat(Writeback.of(file.resolveSibling("no such file"))).isNull();
    }

    /** {@link Writeback} W2: whoever leaves the bridge out has files all the same. */
    @Test
    void filesAreWrittenWithoutTheBridge() throws Exception {
        CodeSource source =
                Objects.requireNonNull(FileSystemFile.class.getProtectionDomain().getCodeSource());
        try (URLClassLoader alone =
                        new URLClassLoader(
                                new URL[] {source.getLocation()},
                                ClassLoader.getPlatformClassLoader());
                FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            assertThatExceptionOfType(ClassNotFoundException.class)
                    .isThrownBy(() -> alone.loadClass(Native.class.getName()));
            Class<?> writeback = alone.loadClass(Writeback.class.getName());
            Method of = writeback.getDeclaredMethod("of", Path.class);
            of.setAccessible(true);

            assertThat(of.invoke(null, file)).isNull();

            FileSystemFile written = new FileSystemFile("f", channel, null);
            written.beginForce(0, BYTES);
            written.writeOut(0, BYTES);
            assertThat(CachedPages.of(file, CachedPages.Count.DIRTY)).isZero();
            written.force();
        }
    }
}
