package io.melin.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BackgroundThreadsTest {
    @BeforeEach
    void needsLinux() {
        boolean linux = Files.exists(Path.of("/proc/thread-self/stat"));
        if (!linux) {
            System.out.println("BackgroundThreadsTest: SKIPPED, nothing is proven: no /proc here");
        }
        assumeTrue(linux);
    }

    @Test
    void areLowerThanTheirStarterAndLeaveItAsItWas() {
        int before = Niceness.ofCaller();

        CompletableFuture<Integer> seen = new CompletableFuture<>();
        new BackgroundThreads(Threads.PLATFORM)
                .create("melin-low", () -> seen.complete(Niceness.ofCaller()))
                .start();

        assertThat(seen.join()).isEqualTo(BackgroundThreads.NICE_MAX);
        assertThat(Niceness.ofCaller()).isEqualTo(before).isLessThan(BackgroundThreads.NICE_MAX);
    }

    /** Whoever has no bridge has a shadow all the same. */
    @Test
    void runWithoutTheBridgeAtThePriorityOfAllOthers() throws Exception {
        CodeSource source =
                Objects.requireNonNull(
                        BackgroundThreads.class.getProtectionDomain().getCodeSource());
        CompletableFuture<Integer> seen = new CompletableFuture<>();
        try (URLClassLoader alone =
                new URLClassLoader(
                        new URL[] {source.getLocation()}, ClassLoader.getPlatformClassLoader())) {
            Class<?> threads = alone.loadClass(Threads.class.getName());
            Object background =
                    alone.loadClass(BackgroundThreads.class.getName())
                            .getConstructor(threads)
                            .newInstance(threads.getField("PLATFORM").get(null));
            Runnable body = () -> seen.complete(Niceness.ofCaller());
            Thread thread =
                    (Thread)
                            threads.getMethod("create", String.class, Runnable.class)
                                    .invoke(background, "melin-alone", body);
            Objects.requireNonNull(thread).start();

            assertThat(seen.join()).isEqualTo(Niceness.ofCaller());
        }
    }

    @Test
    void keepTheirName() {
        Thread created = new BackgroundThreads(Threads.PLATFORM).create("melin-low", () -> {});

        assertThat(created.getName()).isEqualTo("melin-low");
    }
}
