package io.melin.test;

import io.melin.journal.Journal;
import io.melin.journal.JournalConfig;
import io.melin.storage.Storage;
import java.util.Random;
import java.util.function.UnaryOperator;

/** One seed: a journal that rotates, several lives, each ended by a power cut or a kill. */
final class RotationHistory {
    private static final long SEGMENT_BYTES = JournalConfig.SEGMENT_BYTES_MIN;

    private final Random random;
    private final SimulatedDisk disk;
    private final UnaryOperator<Storage> storage;
    private final CrashTally tally;

    RotationHistory(long seed, UnaryOperator<Storage> storage, CrashTally tally) {
        this.random = new Random(seed);
        this.disk = new SimulatedDisk(seed);
        this.storage = storage;
        this.tally = tally;
    }

    void run() {
        long segmentBytes = random.nextInt(4) == 0 ? 0 : SEGMENT_BYTES;
        int pages = 1 + random.nextInt(6);
        // Of those that have the most, several segments lie ready: P1 of Spares.
        JournalConfig config = JournalDriver.config(pages == 6 ? 16 : pages, segmentBytes);
        JournalDriver driver = new JournalDriver(disk, config, random, storage);
        int generations = 2 + random.nextInt(3);
        for (int generation = 0; generation < generations; generation++) {
            disk.failAtChange(1 + random.nextInt(60), Fault.powerCut());
            live(driver);
            tally.observe(driver.checkBoots(disk.crashImage(CrashTally.plan(random))), driver);
            if (random.nextInt(4) == 0) {
                disk.kill();
                tally.count("killed");
            } else {
                disk.crash(CrashTally.plan(random));
            }
        }
        driver.open().close();
        disk.crash(CrashPlan.losingAll());
        driver.open().close();
    }

    private void live(JournalDriver driver) {
        boolean isOpen = false;
        Journal journal = null;
        try {
            journal = driver.open();
            isOpen = true;
            for (int step = 40 + random.nextInt(60); step > 0; step--) {
                step(driver, journal);
            }
            if (random.nextInt(3) == 0) {
                journal.close();
            }
        } catch (PowerCut e) {
            tally.count(isOpen ? "cut while running" : "cut while opening");
        }
        if (journal != null) {
            var rotations = journal.writer().counters().rotations();
            tally.add("fast", rotations.fast().acquire());
            tally.add("fallback", rotations.fallback().acquire());
        }
    }

    private void step(JournalDriver driver, Journal journal) {
        switch (random.nextInt(8)) {
            case 0, 1, 2 -> driver.append(journal, 1 + random.nextInt(12));
            case 3, 4 -> driver.writeAndForce(journal);
            case 5, 6 -> driver.prepare(journal);
            default -> {
                if (random.nextInt(3) == 0) {
                    journal.rotate();
                }
            }
        }
    }
}
