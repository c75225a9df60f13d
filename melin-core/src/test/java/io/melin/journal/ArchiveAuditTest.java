package io.melin.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.melin.storage.FileSystemStorage;
import io.melin.time.SystemTime;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real archives, audited by the command lines of docs/journal-format.md, which know no Java. */
class ArchiveAuditTest {
    private static final int SEGMENTS = 6;
    private static final Pattern SCRIPT =
            Pattern.compile("<!-- audit -->\\s*```sh\\n(.*?)```", Pattern.DOTALL);

    private static void write(Path directory) {
        JournalConfig config =
                JournalConfig.of(directory, 1, 1)
                        .withSegmentBytes(32 << 10)
                        .withPrezeroedBytes(64 << 10)
                        .withFrameBufferBytes(1 << 20, 1 << 20);
        Random random = new Random(4);
        try (Journal journal =
                Journal.open(
                        config,
                        new JournalPorts(FileSystemStorage.INSTANCE, SystemTime.INSTANCE),
                        (header, payload, version) -> {})) {
            long sequence = 0;
            while (journal.writer().durableProgress().segment() <= SEGMENTS) {
                for (int i = 0; i < 20; i++) {
                    sequence++;
                    TestJournal.append(journal.frames(), sequence, random, new ArrayList<>(), 300);
                }
                journal.frames().publish();
                journal.writer().writeAndForce(journal.frames());
            }
        }
    }

    private static List<String> audit(Path directory) throws Exception {
        String page = Files.readString(Path.of("..", "docs", "journal-format.md"));
        Matcher script = SCRIPT.matcher(page);
        assertThat(script.find()).as("the command lines in the page").isTrue();
        Process shell =
                new ProcessBuilder("sh", "-c", String.valueOf(script.group(1)))
                        .directory(directory.toFile())
                        .redirectErrorStream(true)
                        .start();
        String output = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(shell.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(shell.exitValue()).as(output).isIn(0, 1);
        return output.lines().toList();
    }

    @Test
    void eachArchiveIsWhatItsSuccessorRemembers(@TempDir Path directory) throws Exception {
        write(directory);

        List<String> lines = audit(directory);

        assertThat(lines).hasSize(SEGMENTS).allMatch(line -> line.endsWith(" OK"));
        assertThat(lines.get(0)).isEqualTo("melin.journal.000001 OK");
    }

    @Test
    void oneBitOfAnArchiveIsSeen(@TempDir Path directory) throws Exception {
        write(directory);
        Path archive = directory.resolve("melin.journal.000003");
        byte[] bytes = Files.readAllBytes(archive);
        bytes[bytes.length / 2 + 9_000] ^= 1;
        Files.write(archive, bytes);

        List<String> lines = audit(directory);

        assertThat(lines.stream().filter(line -> line.endsWith(" DAMAGED")))
                .containsExactly("melin.journal.000003 DAMAGED");
    }

    /** Cutting the zeros off is best effort; the audit does not depend on it. */
    @Test
    void zerosBehindAnArchiveDoNotMatter(@TempDir Path directory) throws Exception {
        write(directory);
        Path archive = directory.resolve("melin.journal.000002");
        byte[] bytes = Files.readAllBytes(archive);
        Files.write(archive, Arrays.copyOf(bytes, bytes.length + 12_345));

        assertThat(audit(directory)).hasSize(SEGMENTS).allMatch(line -> line.endsWith(" OK"));
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).hasSizeGreaterThan(SEGMENTS);
        }
    }
}
