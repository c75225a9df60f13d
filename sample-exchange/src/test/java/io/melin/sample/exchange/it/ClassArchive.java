package io.melin.sample.exchange.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.springframework.util.FileSystemUtils;

/**
 * The jar unpacked, and the archive of its loaded classes (application class data sharing): tests
 * that start dozens of nodes do not wait for the same classes dozens of times. Made once for each
 * JVM that runs these tests.
 */
final class ClassArchive {
    private static final Path DIRECTORY = Path.of("target", "class-archive");
    private static final Path UNPACKED = DIRECTORY.resolve("jar");
    static final Path JAR = UNPACKED.resolve("sample-exchange.jar");
    private static final Path ARCHIVE = DIRECTORY.resolve("classes.jsa").toAbsolutePath();

    private static boolean isMade;

    private ClassArchive() {}

    /** The option of a JVM that runs {@link #JAR}. */
    static synchronized String use() throws Exception {
        if (!isMade) {
            make();
            isMade = true;
        }
        return "-XX:SharedArchiveFile=" + ARCHIVE;
    }

    private static void make() throws Exception {
        FileSystemUtils.deleteRecursively(DIRECTORY);
        Files.createDirectories(DIRECTORY);
        unpack();
        Path journal = DIRECTORY.resolve("journal");
        List<String> jvm = List.of(ExchangeProcess.java(), "-XX:ArchiveClassesAtExit=" + ARCHIVE);
        try (ExchangeProcess exchange = ExchangeProcess.run(jvm, JAR, journal)) {
            exchange.awaitReady();
            exchange.stop();
            assertThat(ARCHIVE).as(exchange.log()).exists();
        }
    }

    private static void unpack() throws Exception {
        List<String> command =
                List.of(
                        ExchangeProcess.java(),
                        "-Djarmode=tools",
                        "-jar",
                        ExchangeProcess.JAR.toString(),
                        "extract",
                        "--destination",
                        UNPACKED.toString());
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
    }
}
