package io.melin.test;

import io.melin.app.EventId;
import io.melin.app.EventRejectedException;
import io.melin.app.MelinRefusedException;
import io.melin.journal.JournalConfig;
import io.melin.journal.JournalPorts;
import io.melin.journaled.JournaledApplication;
import io.melin.storage.Storage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Random;

/**
 * A journal that lives: events, repeats, rejections, rotations, snapshots and restarts at random, on
 * one simulated disk. One thread.
 */
final class AuditedHistory {
    static final JournaledApplication.Program<Long, Long> PROGRAM =
            LedgerApplication.program(Duration.ZERO);

    private final SimulatedDisk disk;
    private final Random random;
    private final ManualTime time = new ManualTime(1_000_000_000);
    private JournaledApplication<Long, Long> journal;

    /**
     * @param entropy of the lineage: equal ones give journals that differ in their entries alone
     */
    AuditedHistory(SimulatedDisk disk, long entropy, Random random) {
        this.disk = disk;
        this.random = random;
        this.journal = open(disk, time, entropy);
    }

    static JournalConfig config() {
        return JournalDriver.config(2, JournalConfig.SEGMENT_BYTES_MIN);
    }

    JournaledApplication<Long, Long> journal() {
        return journal;
    }

    /** Starts from what a disk holds. */
    static JournaledApplication<Long, Long> open(Storage storage, long entropy) {
        return open(storage, new ManualTime(1), entropy);
    }

    private static JournaledApplication<Long, Long> open(
            Storage storage, ManualTime time, long entropy) {
        return JournaledApplication.open(
                PROGRAM,
                config(),
                new JournalPorts(storage, time, () -> false, new Random(entropy)));
    }

    void play(int steps) {
        for (int i = 0; i < steps; i++) {
            step();
        }
    }

    void step() {
        switch (random.nextInt(40)) {
            case 0 -> journal.rotate();
            case 1, 2 -> save();
            case 3 -> {
                journal.close();
                journal = open(disk, time, 0);
            }
            default -> execute();
        }
    }

    void execute() {
        time.advance(Duration.ofNanos(random.nextInt(3_000)));
        long value = random.nextInt(60);
        long shown = random.nextInt(10) == 0 ? -value - 1 : value;
        try {
            journal.execute(shown, EventId.of(1 + random.nextInt(2), 1 + value));
        } catch (EventRejectedException | MelinRefusedException e) {
            // A rejection, or another payload for the id: both are journaled or refused, and known.
        }
    }

    void save() {
        try {
            journal.saveSnapshot(2 + random.nextInt(3));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
