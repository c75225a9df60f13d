package io.melin.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
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

    @Test
    void keepTheirName() {
        Thread created = new BackgroundThreads(Threads.PLATFORM).create("melin-low", () -> {});

        assertThat(created.getName()).isEqualTo("melin-low");
    }
}
