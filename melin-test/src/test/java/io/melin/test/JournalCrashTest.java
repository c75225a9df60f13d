package io.melin.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.melin.journal.Journal;
import io.melin.journal.RecoveryReport;
import java.util.Random;
import java.util.TreeMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Cuts the power, or kills the process, at random disk calls of random journals, several
 * generations each, over pre-zeroed space. Every image boots, with A1 and A2 of {@link Ledger}.
 */
@Timeout(300)
class JournalCrashTest {
    private static final Logger QUIET = Logger.getLogger("io.melin.journal");
    private static final int SEEDS = 1_000;
    private static final int IMAGES = 2;
    private static final int[] CUT_AFTER_MAX = {10, 40, 150};

    private final TreeMap<String, Integer> seen = new TreeMap<>();

    JournalCrashTest() {
        QUIET.setLevel(Level.OFF);
    }

    @Test
    void keepsEveryDurableEntryAndInventsNoneWhateverACrashLeaves() {
        Seeds.each(getClass(), SEEDS, this::run);

        System.out.println("JournalCrashTest: " + seen);
        if (!Seeds.isSingle()) {
            assertThat(seen.keySet())
                    .as("what the crashes have to have shown")
                    .contains(
                            "cut while opening",
                            "cut while appending",
                            "killed",
                            "entries lost that were not durable",
                            "entries kept that were not durable",
                            "torn tail",
                            "later entries behind a hole");
        }
    }

    private void run(long seed) {
        Random random = new Random(seed);
        SimulatedDisk disk = new SimulatedDisk(seed);
        int pages = 1 + random.nextInt(8);
        JournalDriver driver = new JournalDriver(disk, JournalDriver.config(pages), random);
        int generations = 2 + random.nextInt(4);
        for (int generation = 0; generation < generations; generation++) {
            int cutAfterMax = CUT_AFTER_MAX[random.nextInt(CUT_AFTER_MAX.length)];
            disk.failAtChange(1 + random.nextInt(cutAfterMax), Fault.powerCut());
            live(driver, random);
            for (int image = 0; image < IMAGES; image++) {
                observe(driver.checkBoots(disk.crashImage(plan(random))), driver);
            }
            end(disk, random);
        }
        append(driver);
        assertThat(driver.ledger().promised()).isEqualTo(driver.ledger().framedCount());
    }

    /** One life of a node, until the power is cut, or it is closed, or just left. */
    private void live(JournalDriver driver, Random random) {
        boolean isOpen = false;
        try {
            Journal journal = driver.open();
            isOpen = true;
            int steps = random.nextInt(60);
            for (int step = 0; step < steps; step++) {
                if (random.nextInt(3) > 0) {
                    driver.append(journal, 1 + random.nextInt(12));
                } else {
                    driver.writeAndForce(journal);
                }
            }
            if (random.nextInt(4) == 0) {
                journal.close();
            }
        } catch (PowerCut e) {
            count(isOpen ? "cut while appending" : "cut while opening");
        }
    }

    /** Now and then a medium that tears even its sectors. */
    private static CrashPlan plan(Random random) {
        CrashPlan plan = CrashPlan.random(random.nextLong());
        return random.nextInt(8) == 0 ? plan.withBlockBytes(32) : plan;
    }

    private void end(SimulatedDisk disk, Random random) {
        if (random.nextInt(4) == 0) {
            disk.kill();
            count("killed");
        } else {
            disk.crash(plan(random));
            count("crashed");
        }
    }

    /** After all of it the journal still works: what is appended now survives a power cut. */
    private static void append(JournalDriver driver) {
        try (Journal journal = driver.open()) {
            driver.append(journal, 5);
            driver.writeAndForce(journal);
        }
        driver.disk().crash(CrashPlan.losingAll());
        driver.open().close();
    }

    private void observe(RecoveryReport report, JournalDriver driver) {
        Ledger ledger = driver.ledger();
        if (report.lastSequence() < ledger.framedCount()) {
            count("entries lost that were not durable");
        }
        if (report.lastSequence() > ledger.promised()) {
            count("entries kept that were not durable");
        }
        if (report.tail().droppedBytes() > 0) {
            count("torn tail");
        }
        if (report.tail().hasLaterEntries()) {
            count("later entries behind a hole");
        }
        count("images");
    }

    private void count(String what) {
        seen.merge(what, 1, Integer::sum);
    }
}
