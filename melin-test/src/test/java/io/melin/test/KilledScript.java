package io.melin.test;

import static java.util.stream.Collectors.joining;

import io.melin.app.EventId;
import io.melin.integrity.Invariant;
import io.melin.journal.JournalConfig;
import io.melin.journal.JournalPorts;
import io.melin.journaled.JournaledApplication;
import io.melin.storage.FileSystemStorage;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A process that appends, rotates on the spot and prepared, saves snapshots, and opens again, with
 * the same storage calls each time, and is killed at one of them. It says each number that was
 * answered, and at its end how many calls there were and which of them were writes.
 */
final class KilledScript {
    static final long VALUES = 16;

    private static final int PREPARER_STEPS = 5;

    private final JournalConfig config;
    private final JournalPorts ports;
    private long next = 1;

    private KilledScript(Path directory, HaltingStorage storage) {
        this.config = config(directory);
        this.ports = new JournalPorts(storage, new ManualTime(MelinFixture.START_NS));
    }

    static JournalConfig config(Path directory) {
        return JournalConfig.of(directory, 1, 1)
                .withPayloadBytesMax(1 << 10)
                .withFrameBufferBytes(4 << 10, 4 << 10)
                .withPrezeroedBytes(8 << 10)
                .withSegmentBytes(64 << 10);
    }

    static EventId id(long value) {
        return EventId.of(1, value);
    }

    /** Directory, number of the fatal call, whether it is torn. */
    public static void main(String[] arguments) throws IOException {
        HaltingStorage storage =
                new HaltingStorage(
                        FileSystemStorage.INSTANCE,
                        Integer.parseInt(arguments[1]),
                        Boolean.parseBoolean(arguments[2]));
        KilledScript script = new KilledScript(Path.of(arguments[0]), storage);
        script.firstLife();
        script.secondLife();
        System.out.println(
                storage.calls()
                        + storage.writes().stream().map(call -> " " + call).collect(joining()));
    }

    private JournaledApplication<Long, Long> open() {
        return JournaledApplication.open(PlainLedger.program(), config, ports);
    }

    private void firstLife() throws IOException {
        try (JournaledApplication<Long, Long> journaled = open()) {
            answer(journaled, 4);
            journaled.rotate();
            answer(journaled, 3);
            journaled.saveSnapshot(2);
            answer(journaled, 2);
            for (int step = 0; step < PREPARER_STEPS; step++) {
                journaled.journal().preparer().doWork();
            }
            journaled.rotate();
            answer(journaled, 3);
            var rotations = journaled.journal().writer().counters().rotations();
            Invariant.checkEqual(rotations.fast().acquire(), 1, "prepared rotations");
            Invariant.checkEqual(rotations.fallback().acquire(), 1, "rotations on the spot");
            journaled.saveSnapshot(2);
            answer(journaled, 1);
        }
    }

    /** Begins from a snapshot; its own takes the place of the oldest. */
    private void secondLife() throws IOException {
        try (JournaledApplication<Long, Long> journaled = open()) {
            journaled.execute(next - 1, id(next - 1));
            answer(journaled, 2);
            journaled.rotate();
            journaled.saveSnapshot(2);
            answer(journaled, VALUES - next + 1);
        }
    }

    private void answer(JournaledApplication<Long, Long> journaled, long count) {
        for (long i = 0; i < count; i++) {
            journaled.execute(next, id(next));
            System.out.println(next++);
        }
    }
}
