package io.melin.test;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Programs of the machine that some tests need, and that not every machine has. */
final class Tools {
    private Tools() {}

    /** Skips the test, loudly, where a program is missing. */
    static void require(String program, String debianPackage) {
        assumeTrue(
                Stream.of("/usr/bin", "/usr/sbin", "/bin", "/sbin")
                        .anyMatch(bin -> Files.isExecutable(Path.of(bin, program))),
                "SKIPPED: "
                        + program
                        + " is not installed; apt-get install "
                        + debianPackage
                        + ", or run .ci/nightly");
    }

    /** Skips the test, loudly, where no file system can be mounted. */
    static void requireMounts(Path scratch) throws IOException {
        Path probe = Files.createDirectory(scratch.resolve("probe"));
        boolean isMounted = exitCode("mount", "-t", "tmpfs", "none", probe.toString()) == 0;
        if (isMounted) {
            run("umount", probe.toString());
        }
        assumeTrue(
                isMounted && Files.exists(Path.of("/dev/loop-control")),
                "SKIPPED: no image can be mounted; run .ci/nightly as root on a machine, or in a"
                        + " container, that has loop devices and may mount");
    }

    private static int exitCode(String... command) throws IOException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .onExit()
                .join()
                .exitValue();
    }

    /** Runs a program that must succeed. */
    static void run(String... command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int code = process.onExit().join().exitValue();
        if (code != 0) {
            throw new IOException(
                    "exit code " + code + " of " + List.of(command) + ": " + output.strip());
        }
    }
}
