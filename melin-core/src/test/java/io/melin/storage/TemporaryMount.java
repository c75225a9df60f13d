package io.melin.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** A small file system in memory; only the superuser gets one, others skip, and say so. */
final class TemporaryMount implements AutoCloseable {
    private final Path path;

    private TemporaryMount(Path path) {
        this.path = path;
    }

    static TemporaryMount of(Path path, String options) throws IOException {
        Files.createDirectory(path);
        int code = run("mount", "-t", "tmpfs", "-o", options, "tmpfs", path.toString());
        if (code != 0) {
            System.err.println("SKIPPED, needs the right to mount: TemporaryMount " + path);
        }
        Assumptions.assumeTrue(code == 0, "SKIPPED: needs the right to mount a tmpfs");
        return new TemporaryMount(path);
    }

    Path path() {
        return path;
    }

    void makeReadOnly() throws IOException {
        int code = run("mount", "-o", "remount,ro", path.toString());
        if (code != 0) {
            throw new IOException("remount failed: code=" + code);
        }
    }

    @Override
    public void close() throws IOException {
        int code = run("umount", path.toString());
        if (code != 0) {
            throw new IOException("umount failed: path=" + path + ", code=" + code);
        }
    }

    private static int run(String... command) throws IOException {
        try {
            return new ProcessBuilder(List.of(command))
                    .inheritIO()
                    .start()
                    .onExit()
                    .join()
                    .exitValue();
        } catch (IOException e) {
            System.err.println("cannot run " + command[0] + ": " + e.getMessage());
            return -1;
        }
    }
}
