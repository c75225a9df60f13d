package io.melin.storage;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.jna.Native;
import io.melin.storage.CachedPages.Count;
import io.melin.testing.AllocatedBytes;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** {@link PageCache}, by {@link StorageDirectory#cached}. */
@EnabledOnOs(OS.LINUX)
class PageCacheTest {
    private static final int PAGE = 4096;

    /** As large as what is written at once: pages that the kernel keeps together go together. */
    private static final int WINDOW = 256 << 10;

    private static final int WINDOWS = 4;
    private static final int PAGES = WINDOWS * WINDOW / PAGE;
    private static final String NAME = "page-cache.bin";

    /** On the disk that the build lies on: temporary directories may be memory. */
    private final Path file = Path.of("target", NAME);

    private final StorageDirectory directory = new FileSystemDirectory(Path.of("target"));
    private final CachedFile cached = directory.cached(NAME);

    @BeforeEach
    void create() throws IOException {
        Files.deleteIfExists(file);
        try (StorageFile written = directory.create(NAME)) {
            ByteBuffer bytes = ByteBuffer.allocate(WINDOW);
            for (int window = 0; window < WINDOWS; window++) {
                while (bytes.hasRemaining()) {
                    bytes.put((byte) (bytes.position() % 251 + window));
                }
                written.writeFully(bytes.flip(), (long) window * WINDOW);
                bytes.clear();
            }
            written.force();
        }
    }

    @AfterEach
    void delete() throws IOException {
        Files.deleteIfExists(file);
    }

    @Test
    void whatIsForgottenLeavesTheMemoryAndIsStillInTheFile() throws IOException {
        byte[] before = Files.readAllBytes(file);
        assertThat(CachedPages.of(file, Count.ALL)).isEqualTo(PAGES);

        cached.forget(0, WINDOW);
        assertThat(CachedPages.of(file, Count.ALL)).isEqualTo(PAGES * 3 / 4);
        cached.forget(WINDOW, WINDOWS * WINDOW);
        assertThat(CachedPages.of(file, Count.ALL)).isZero();

        assertThat(Files.readAllBytes(file)).isEqualTo(before);
    }

    @Test
    void nothingAroundTheRangeIsForgotten() throws IOException {
        cached.forget(WINDOW - 1, WINDOW + 2);

        assertThat(CachedPages.of(file, Count.ALL)).isEqualTo(PAGES * 3 / 4);
    }

    /** Not on the device yet. */
    @Test
    void whatWasNotSyncedStays() throws IOException {
        try (StorageFile written = directory.openWrite(NAME)) {
            written.writeFully(ByteBuffer.allocate(WINDOW), 0);
            Assumptions.assumeTrue(
                    CachedPages.of(file, Count.DIRTY) > 0, "SKIPPED: the kernel was faster");

            cached.forget(0, WINDOW);

            assertThat(Files.readAllBytes(file)).startsWith(new byte[WINDOW]);
        }
    }

    @Test
    void aFileThatIsGoneHasNothingToForget() throws IOException {
        Files.delete(file);

        Assertions.assertThatNoException().isThrownBy(() -> cached.forget(0, PAGE));
    }

    /** The preparer calls it for each window of zeros, for as long as the node lives. */
    @Test
    void allocatesNothing() {
        int calls = 1_000;
        cached.forget(0, PAGE);

        long bytes =
                AllocatedBytes.least(() -> {
                    for (int i = 0; i < calls; i++) {
                        cached.forget(0, PAGE);
                    }
                });

        assertThat(bytes).isLessThan(calls); // not one object each time
    }

    /** Whoever leaves the bridge out keeps everything in memory. */
    @Test
    void nothingIsForgottenWithoutTheBridge() throws Exception {
        URL source =
                Objects.requireNonNull(PageCache.class.getProtectionDomain().getCodeSource())
                        .getLocation();
        try (URLClassLoader alone =
                new URLClassLoader(new URL[] {source}, ClassLoader.getPlatformClassLoader())) {
            Assertions.assertThatExceptionOfType(ClassNotFoundException.class)
                    .isThrownBy(() -> alone.loadClass(Native.class.getName()));
            Constructor<?> constructor =
                    alone.loadClass(PageCache.class.getName()).getDeclaredConstructor(Path.class);
            constructor.setAccessible(true);
            Object bare = constructor.newInstance(file);
            Method forget = bare.getClass().getDeclaredMethod("forget", long.class, long.class);
            forget.setAccessible(true);

            forget.invoke(bare, 0L, (long) PAGES * PAGE);
            forget.invoke(bare, 0L, (long) PAGES * PAGE);

            assertThat(CachedPages.of(file, Count.ALL)).isEqualTo(PAGES);
        }
    }
}
