package io.melin.bench.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How much later than asked for the kernel may wake a thread that waits for a time. */
final class TimerSlack {
    private static final Path THREAD = Path.of("/proc/thread-self");

    private TimerSlack() {}

    /**
     * Of the calling thread 1 ns from now on, instead of 50 us: {@code /proc/PID/timerslack_ns},
     * which takes the number of a thread too.
     *
     * @throws IOException on anything but Linux
     */
    static void least() throws IOException {
        Path link = Files.readSymbolicLink(THREAD); // PID/task/TID
        Path thread = link.getName(link.getNameCount() - 1);
        Files.writeString(Path.of("/proc").resolve(thread).resolve("timerslack_ns"), "1");
    }
}
