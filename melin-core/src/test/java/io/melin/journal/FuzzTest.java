package io.melin.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.melin.event.EventHeader;
import io.melin.journal.TestJournal.Clock;
import io.melin.journal.TestJournal.Entry;
import io.melin.testing.Seeds;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/**
 * Real segments, mutated. {@link EntryWalk} W1, {@link Recovery} Y1: a start gives a prefix of what
 * was written, or a typed refusal.
 */
class FuzzTest {
    private static final int ROUNDS = 500;
    private final Logger log = Logger.getLogger(Journal.class.getName());
    private final Map<String, byte[]> files = new HashMap<>();
    private List<Entry> written = List.of();

    @BeforeEach
    void writeThreeArchivesAndALiveSegment() throws IOException {
        log.setLevel(Level.OFF);
        MemoryStorage storage = new MemoryStorage();
        written = Segments.threeArchives(storage);
        for (String name : storage.list()) {
            files.put(name, storage.bytes(name));
        }
    }

    @AfterEach
    void logAgain() {
        log.setLevel(null);
    }

    @TestFactory
    @Timeout(300)
    Stream<DynamicTest> neverReplaysWhatWasNotWritten() {
        return Seeds.each(getClass(), this::neverReplaysWhatWasNotWritten);
    }

    private void neverReplaysWhatWasNotWritten(Random random, String repro) {
        int refused = 0;
        for (int round = 0; round < ROUNDS; round++) {
            refused += survives(random, repro + ", round " + round) ? 0 : 1;
        }
        assertThat(refused).as(repro).isBetween(ROUNDS / 10, ROUNDS - ROUNDS / 20);
    }

    private boolean survives(Random random, String repro) {
        MemoryStorage storage = new MemoryStorage();
        files.forEach(storage::put);
        List<String> names = storage.list();
        int mutations = 1 + random.nextInt(3);
        for (int i = 0; i < mutations; i++) {
            mutate(storage, names.get(random.nextInt(names.size())), random);
        }
        Map<String, String> before = storage.state();
        Prefix prefix = new Prefix(repro);
        try (Journal journal =
                Journal.open(
                        TestJournal.config(),
                        new JournalPorts(storage, new Clock(), () -> false, random),
                        prefix)) {
            assertThat(journal.report().lastSequence()).as(repro).isEqualTo(prefix.count);
            return true;
        } catch (JournalException e) {
            assertThat(storage.state()).as(repro).isEqualTo(before);
            assertThat(e.hint()).as(repro).isNotBlank();
            return false;
        }
    }

    private static void mutate(MemoryStorage storage, String name, Random random) {
        byte[] bytes = bytes(storage, name);
        // Mostly where there are bytes, not in the zeros behind them.
        int bound = Math.min(bytes.length, random.nextInt(4) == 0 ? bytes.length : 45_000);
        int at = random.nextInt(bound);
        int length = Math.min(1 + random.nextInt(random.nextBoolean() ? 8 : 3_000), bound - at);
        int from = random.nextInt(bound - length + 1);
        switch (random.nextInt(8)) {
            case 0 -> bytes[at] = (byte) (bytes[at] ^ 1 << random.nextInt(8));
            case 1 -> Arrays.fill(bytes, at, at + length, (byte) 0);
            case 2 -> System.arraycopy(bytes, from, bytes, at, length);
            case 3 -> bytes = Arrays.copyOf(bytes, at);
            case 4 -> bytes = Arrays.copyOf(bytes, bytes.length + length);
            case 5 -> ByteBuffer.wrap(bytes).putInt(at & ~7, random.nextInt());
            case 6 -> bytes = withoutRange(bytes, at & ~7, length & ~7);
            default -> {
                byte[] noise = new byte[length];
                random.nextBytes(noise);
                System.arraycopy(noise, 0, bytes, at, length);
            }
        }
        storage.put(name, bytes);
    }

    private static byte[] withoutRange(byte[] bytes, int at, int length) {
        byte[] rest = new byte[bytes.length - Math.min(length, bytes.length - at)];
        System.arraycopy(bytes, 0, rest, 0, at);
        System.arraycopy(bytes, bytes.length - (rest.length - at), rest, at, rest.length - at);
        return rest;
    }

    private static byte[] bytes(MemoryStorage storage, String name) {
        try {
            byte[] bytes = storage.bytes(name);
            return bytes.length == 0 ? new byte[8] : bytes;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Takes only the next entry that was written. */
    private final class Prefix implements EntryConsumer {
        private final String repro;
        private int count;

        Prefix(String repro) {
            this.repro = repro;
        }

        @Override
        public void onEntry(EventHeader header, ByteBuffer payload, int codecVersion) {
            assertThat(Entry.of(header, payload)).as(repro).isEqualTo(written.get(count));
            count++;
        }
    }
}
