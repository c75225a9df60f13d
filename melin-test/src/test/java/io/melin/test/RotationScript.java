package io.melin.test;

import io.melin.journal.Journal;
import io.melin.journal.JournalException;
import io.melin.storage.Storage;
import java.util.Random;
import java.util.function.UnaryOperator;

/** Three rotations of a journal: the same calls each time, unless the power is cut. */
final class RotationScript {
    final SimulatedDisk disk = new SimulatedDisk(7);
    final JournalDriver driver;
    private final boolean isPrepared;

    RotationScript(boolean isPrepared) {
        this(isPrepared, UnaryOperator.identity());
    }

    RotationScript(boolean isPrepared, UnaryOperator<Storage> storage) {
        this.isPrepared = isPrepared;
        this.driver = new JournalDriver(disk, JournalDriver.config(2, 0), new Random(7), storage);
    }

    void run() {
        Journal journal = driver.open();
        for (int round = 0; round < 3; round++) {
            driver.append(journal, 4);
            driver.writeAndForce(journal);
            long boundary = driver.ledger().framedCount() + 2;
            journal.rotateAfter(boundary);
            if (isPrepared) {
                prepare(journal);
            }
            driver.append(journal, 5);
            driver.writeAndForce(journal);
            driver.writeAndForce(journal);
        }
        driver.append(journal, 4);
        driver.writeAndForce(journal);
        journal.close();
    }

    /**
     * Runs with one call that fails; whatever became of it, what was durable stays.
     *
     * @return whether it went on, and did not stop for good
     */
    boolean survives(int number, Fault fault) {
        disk.failAtChange(number, fault);
        boolean isSurvived = true;
        try {
            run();
        } catch (JournalException e) {
            isSurvived = false;
        }
        driver.checkBoots(disk.crashImage(CrashPlan.losingAll()));
        driver.checkBoots(disk.crashImage(CrashPlan.keepingAll()));
        driver.checkBoots(disk.crashImage(CrashPlan.random(number)));
        return isSurvived;
    }

    private void prepare(Journal journal) {
        for (int step = 0; step < 5; step++) {
            driver.prepare(journal);
        }
    }
}
