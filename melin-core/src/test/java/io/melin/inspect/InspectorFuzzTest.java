package io.melin.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import io.melin.journal.JournalException;
import io.melin.journaled.JournaledApplication;
import io.melin.snapshot.SnapshotException;
import io.melin.testing.Seeds;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real directories, mutated: only findings, and for I2 of {@link Inspector} those of a start. */
class InspectorFuzzTest {
    private static final int ROUNDS = 40;

    /** A logger without a strong reference forgets its level. */
    private static final Logger LOG = Logger.getLogger("io.melin");

    private final Map<String, byte[]> whole = new TreeMap<>();

    @TempDir Path parent;

    @BeforeEach
    void writeAJournal() throws IOException {
        LOG.setLevel(Level.OFF);
        Path origin = parent.resolve("origin");
        Journals.write(origin);
        Files.delete(origin.resolve("melin.journal.lock"));
        whole.putAll(read(origin));
    }

    @AfterEach
    void logAgain() {
        LOG.setLevel(null);
    }

    private static Map<String, byte[]> read(Path directory) throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> list = Files.list(directory)) {
            for (Path file : list.toList()) {
                files.put(directory.relativize(file).toString(), Files.readAllBytes(file));
            }
        }
        return files;
    }

    @TestFactory
    @Timeout(300)
    Stream<DynamicTest> agreesWithAStart() {
        return Seeds.each(getClass(), this::agreesWithAStart);
    }

    private void agreesWithAStart(Random random, String repro) throws IOException {
        int sound = 0;
        for (int round = 0; round < ROUNDS; round++) {
            Map<String, byte[]> files = new TreeMap<>(whole);
            for (int mutations = 1 + random.nextInt(2); mutations > 0; mutations--) {
                mutate(files, random);
            }
            Path directory = parent.resolve("round-" + round);
            sound += agrees(directory, files, repro + ", round " + round) ? 1 : 0;
            remove(directory);
        }
        assertThat(sound).as(repro).isBetween(1, ROUNDS / 2);
    }

    private static boolean agrees(Path directory, Map<String, byte[]> files, String repro)
            throws IOException {
        Files.createDirectory(directory);
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Files.write(directory.resolve(file.getKey()), file.getValue());
        }

        Inspection found = Journals.inspector(directory).run();

        assertThat(read(directory)).as(repro).hasSameSizeAs(files);
        for (Map.Entry<String, byte[]> file : read(directory).entrySet()) {
            assertThat(file.getValue()).as(repro).isEqualTo(files.get(file.getKey()));
        }
        List<String> refusals =
                found.findings().stream().filter(Finding::isRefusal).map(Finding::code).toList();
        try (JournaledApplication<Long, Long> started = Journals.open(directory)) {
            assertThat(refusals).as(repro).isEmpty();
            assertThat(started.journal().report().lastSequence()).as(repro).isPositive();
        } catch (JournalException | SnapshotException e) {
            assertThat(refusals).as(repro).containsExactly(e.getClass().getSimpleName());
        }
        return found.isSound();
    }

    private static void mutate(Map<String, byte[]> files, Random random) {
        List<String> names = List.copyOf(files.keySet());
        String name = names.get(random.nextInt(names.size()));
        byte[] bytes = bytes(files, name);
        int bound = random.nextInt(4) == 0 ? bytes.length : Math.min(bytes.length, 17_000);
        int at = random.nextInt(Math.max(1, bound));
        int end = Math.min(bytes.length, at + 1 + random.nextInt(3_000));
        switch (random.nextInt(bytes.length == 0 ? 1 : 7)) {
            case 0 -> {
                files.remove(name);
                return;
            }
            case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
            case 2 -> Arrays.fill(bytes, at, end, (byte) 0);
            case 3 -> bytes = Arrays.copyOf(bytes, at);
            case 4 -> bytes = Arrays.copyOf(bytes, bytes.length + end - at);
            case 5 -> bytes = bytes(files, names.get(random.nextInt(names.size())));
            default -> {
                byte[] noise = new byte[end - at];
                random.nextBytes(noise);
                ByteBuffer.wrap(bytes).put(at, noise);
            }
        }
        files.put(name, bytes);
    }

    private static byte[] bytes(Map<String, byte[]> files, String name) {
        return Objects.requireNonNull(files.get(name)).clone();
    }

    private static void remove(Path directory) throws IOException {
        try (Stream<Path> list = Files.list(directory)) {
            for (Path file : list.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(directory);
    }
}
