package io.melin.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.melin.journal.JournalPorts;
import io.melin.journaled.JournaledApplication;
import io.melin.storage.FileSystemStorage;
import io.melin.time.SystemTime;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills a real process on a real disk while it rotates all the time; {@code -Dmelin.rounds=COUNT}
 * kills it more often.
 */
@ExtendWith(QuietNodes.class)
class RotationKillTest {
    private static final int ROUNDS = Integer.getInteger("melin.rounds", 5);

    @Test
    @Timeout(600)
    void keepsEachAnsweredNumberThroughEachKill(@TempDir Path directory) throws Exception {
        Random random = new Random();
        long next = 1;
        for (int round = 1; round <= ROUNDS; round++) {
            long answered = killed(directory, next, 50 + random.nextInt(400));
            List<Long> values = recovered(directory);
            assertThat(values)
                    .as("round " + round)
                    .hasSizeGreaterThanOrEqualTo((int) answered)
                    .isEqualTo(LongStream.rangeClosed(1, values.size()).boxed().toList());
            next = values.size() + 1L;
        }
        long archives = archives(directory);
        System.out.println(
                "RotationKillTest: rounds="
                        + ROUNDS
                        + ", events="
                        + (next - 1)
                        + ", archives="
                        + archives);
        assertThat(archives).isGreaterThan(ROUNDS);
    }

    /** Runs the writer until some answers were heard, then kills it; returns the last one. */
    private static long killed(Path directory, long next, int answers) throws IOException {
        Process process =
                new ProcessBuilder(
                                Path.of(property("java.home"), "bin", "java").toString(),
                                "-Xmx128m",
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                property("java.class.path"),
                                RotatingWriter.class.getName(),
                                directory.toString(),
                                Long.toString(next))
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        long answered = next - 1;
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            for (int i = 0; i < answers; i++) {
                answered = Long.parseLong(String.valueOf(output.readLine()));
            }
            // Not the process's own method: it closes the pipe, too.
            process.toHandle().destroyForcibly();
            // What was still in the pipe was answered too.
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                answered = Math.max(answered, Long.parseLong(line));
            }
        } finally {
            process.destroyForcibly().onExit().join();
        }
        return answered;
    }

    private static List<Long> recovered(Path directory) {
        try (JournaledApplication<Long, Long> journaled =
                JournaledApplication.recover(
                        PlainLedger.program(),
                        RotatingWriter.config(directory).journal(),
                        new JournalPorts(FileSystemStorage.INSTANCE, SystemTime.INSTANCE))) {
            LedgerApplication ledger = (LedgerApplication) journaled.applier().application();
            return ledger.state().values();
        }
    }

    private static long archives(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().matches(".*\\.\\d{6}")).count();
        }
    }

    private static String property(String name) {
        return String.valueOf(System.getProperty(name));
    }
}
