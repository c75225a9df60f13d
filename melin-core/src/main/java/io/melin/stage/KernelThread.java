package io.melin.stage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the kernel says about the calling thread; without {@code /proc} it says nothing. */
final class KernelThread {
    private static final Path SELF = Path.of("/proc/thread-self");

    private KernelThread() {}

    /** The kernel's id of the caller, 0 where it is not known. */
    static long tid() {
        try {
            String link = Files.readSymbolicLink(SELF).toString();
            return Long.parseLong(link.substring(link.lastIndexOf('/') + 1));
        } catch (IOException | UnsupportedOperationException | NumberFormatException e) {
            return 0;
        }
    }

    /** The caller's mask as the kernel prints it, empty where it is not known. */
    static String coresAllowed() {
        try {
            return ProcText.coresAllowed(Files.readString(SELF.resolve("status"))).orElse("");
        } catch (IOException e) {
            return "";
        }
    }
}
