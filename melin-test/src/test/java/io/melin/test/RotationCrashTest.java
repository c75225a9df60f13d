package io.melin.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.melin.journal.Journal;
import io.melin.journal.JournalConfig;
import io.melin.journal.JournalException;
import io.melin.journal.RecoveryReport;
import java.time.Duration;
import java.util.Random;
import java.util.TreeMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Cuts the power at every call of rotations, of the preparer and of the recovery that follows, and
 * at random calls of random histories. Every image boots, with A1 and A2 of {@link Ledger}.
 */
@Timeout(600)
class RotationCrashTest {
    private static final Logger QUIET = Logger.getLogger("io.melin.journal");
    private static final int SEEDS = 2_000;
    private static final int IMAGES = 12;
    private static final int IMAGES_OF_RECOVERY = 2;
    private static final long SEGMENT_BYTES = JournalConfig.SEGMENT_BYTES_MIN;

    private final TreeMap<String, Integer> seen = new TreeMap<>();

    RotationCrashTest() {
        QUIET.setLevel(Level.OFF);
    }

    /** The same calls for the same seed, unless the power is cut. */
    private static final class Script {
        final SimulatedDisk disk = new SimulatedDisk(7);
        final JournalDriver driver;
        private final boolean isPrepared;

        Script(boolean isPrepared) {
            this.isPrepared = isPrepared;
            this.driver = new JournalDriver(disk, JournalDriver.config(2, 0), new Random(7));
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

        private void prepare(Journal journal) {
            for (int step = 0; step < 5; step++) {
                driver.prepare(journal);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void keepsWhatWasDurableAtEveryCallOfARotationAndOfTheRecoveryBehindIt(boolean isPrepared) {
        Script clean = new Script(isPrepared);
        clean.run();
        assertThat(clean.disk.image().files().toString())
                .contains("journal.000001", "journal.000002", "journal.000003");
        int changes = (int) clean.disk.changes();
        Random random = new Random(11);

        for (int number = 1; number <= changes; number++) {
            Script script = new Script(isPrepared);
            script.disk.failAtChange(number, Fault.powerCut());
            cut(script);
            for (int image = 0; image < IMAGES; image++) {
                DiskImage found = script.disk.crashImage(plan(random));
                observe(script.driver.checkBoots(found), script.driver);
                if (image < IMAGES_OF_RECOVERY) {
                    cutRecovery(script.driver, found, random);
                }
            }
        }

        System.out.println(
                "RotationCrashTest: prepared=" + isPrepared + ", calls=" + changes + ", " + seen);
    }

    private boolean cut(Script script) {
        try {
            script.run();
            return false;
        } catch (PowerCut e) {
            count("cut");
            return true;
        }
    }

    /** Recovery converges when it is itself killed, at each of its calls. */
    private void cutRecovery(JournalDriver driver, DiskImage image, Random random) {
        for (int number = 1; ; number++) {
            SimulatedDisk disk = new SimulatedDisk(number);
            disk.restore(image);
            disk.failAtChange(number, Fault.powerCut());
            try {
                driver.openElsewhere(disk).close();
                return;
            } catch (PowerCut e) {
                count("recovery cut");
            }
            driver.checkBoots(disk.crashImage(plan(random)));
        }
    }

    @Test
    void keepsEveryDurableEntryOfRandomHistories() {
        Seeds.each(getClass(), SEEDS, this::live);

        System.out.println("RotationCrashTest: " + seen);
        if (!Seeds.isSingle()) {
            assertThat(seen.keySet())
                    .as("what the crashes have to have shown")
                    .contains(
                            "cut while opening",
                            "cut while running",
                            "killed",
                            "archives without a live segment",
                            "a seal that was cleared",
                            "entries lost that were not durable",
                            "entries kept that were not durable",
                            "more than three segments",
                            "fast",
                            "fallback");
        }
    }

    private void live(long seed) {
        Random random = new Random(seed);
        SimulatedDisk disk = new SimulatedDisk(seed);
        long segmentBytes = random.nextInt(4) == 0 ? 0 : SEGMENT_BYTES;
        JournalConfig config = JournalDriver.config(1 + random.nextInt(6), segmentBytes);
        JournalDriver driver = new JournalDriver(disk, config, random);
        int generations = 2 + random.nextInt(3);
        for (int generation = 0; generation < generations; generation++) {
            disk.failAtChange(1 + random.nextInt(60), Fault.powerCut());
            live(driver, random);
            observe(driver.checkBoots(disk.crashImage(plan(random))), driver);
            if (random.nextInt(4) == 0) {
                disk.kill();
                count("killed");
            } else {
                disk.crash(plan(random));
            }
        }
        driver.open().close();
        disk.crash(CrashPlan.losingAll());
        driver.open().close();
    }

    private void live(JournalDriver driver, Random random) {
        boolean isOpen = false;
        Journal journal = null;
        try {
            journal = driver.open();
            isOpen = true;
            for (int step = 40 + random.nextInt(60); step > 0; step--) {
                step(driver, journal, random);
            }
            if (random.nextInt(3) == 0) {
                journal.close();
            }
        } catch (PowerCut e) {
            count(isOpen ? "cut while running" : "cut while opening");
        }
        if (journal != null) {
            var rotations = journal.writer().counters().rotations();
            seen.merge("fast", (int) rotations.fast().acquire(), Integer::sum);
            seen.merge("fallback", (int) rotations.fallback().acquire(), Integer::sum);
        }
    }

    private static void step(JournalDriver driver, Journal journal, Random random) {
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

    /**
     * As Linux does it: the sync of the directory fails once, succeeds when it is repeated, and
     * what it forgot stays forgotten, unless the names are made anew.
     */
    @Test
    void losesNothingWhereASyncOfTheDirectoryForgetsTheNames() {
        for (int seed = 0; seed < 400; seed++) {
            Random random = new Random(seed);
            SimulatedDisk disk = new SimulatedDisk(seed);
            JournalDriver driver =
                    new JournalDriver(disk, JournalDriver.config(2, 0), new Random(seed));
            Journal journal = driver.open();
            for (int round = 0; round < 3; round++) {
                driver.append(journal, 5);
                driver.writeAndForce(journal);
                disk.failAt(DiskCall.Kind.SYNC, 1 + random.nextInt(3), Fault.eio());
                journal.rotate();
                for (int attempt = 0; attempt < 4; attempt++) {
                    driver.writeAndForce(journal);
                    driver.advance(Duration.ofMillis(200));
                }
                disk.clearFaults();
                driver.append(journal, 5);
                driver.writeAndForce(journal);
                assertThat(driver.ledger().promised()).isEqualTo(driver.ledger().framedCount());
                driver.checkBoots(disk.crashImage(CrashPlan.losingAll()));
                driver.checkBoots(disk.crashImage(plan(random)));
            }
        }
    }

    /** O3 of Rotation: a rename fails, and the power goes while everything is taken back. */
    @Test
    void survivesACutWhileARotationIsTakenBack() {
        Random random = new Random(3);
        for (int rename = 2; rename <= 7; rename++) {
            Script failing = new Script(false);
            failing.disk.failAt(DiskCall.Kind.RENAME, rename, Fault.eio());
            failing.run();
            for (int number = 1; number <= failing.disk.changes(); number++) {
                Script script = new Script(false);
                script.disk.failAt(DiskCall.Kind.RENAME, rename, Fault.eio());
                script.disk.failAtChange(number, Fault.powerCut());
                boolean isCut = cut(script);
                for (int image = 0; isCut && image < IMAGES; image++) {
                    DiskImage found = script.disk.crashImage(plan(random));
                    observe(script.driver.checkBoots(found), script.driver);
                }
            }
        }
        System.out.println("RotationCrashTest: taken back, " + seen);
    }

    /** At every call, with every kind of failure: it goes on, or it stops for good. */
    @ParameterizedTest
    @ValueSource(strings = {"EIO", "ENOSPC", "NO_PROGRESS", "SHORT"})
    void losesNothingWhicheverCallFails(String kind) {
        for (boolean isPrepared : new boolean[] {false, true}) {
            Script clean = new Script(isPrepared);
            clean.run();
            for (int number = 1; number <= clean.disk.changes(); number++) {
                Script script = new Script(isPrepared);
                script.disk.failAtChange(number, fault(kind));
                try {
                    script.run();
                    count(kind + " survived");
                } catch (JournalException e) {
                    assertThat(kind).isNotEqualTo("SHORT");
                    count(kind + " stopped");
                }
                script.driver.checkBoots(script.disk.crashImage(CrashPlan.losingAll()));
                script.driver.checkBoots(script.disk.crashImage(CrashPlan.keepingAll()));
                script.driver.checkBoots(script.disk.crashImage(CrashPlan.random(number)));
            }
        }
        System.out.println("RotationCrashTest: " + seen);
    }

    private static Fault fault(String kind) {
        return switch (kind) {
            case "EIO" -> Fault.eio();
            case "ENOSPC" -> Fault.noSpace();
            case "NO_PROGRESS" -> Fault.shortWrite(0);
            default -> Fault.shortWrite(24);
        };
    }

    /** Now and then a medium that tears even its sectors. */
    private static CrashPlan plan(Random random) {
        CrashPlan plan = CrashPlan.random(random.nextLong());
        return random.nextInt(8) == 0 ? plan.withBlockBytes(32) : plan;
    }

    private void observe(RecoveryReport report, JournalDriver driver) {
        for (String note : report.tail().notes()) {
            if (note.contains("archives without a live")) {
                count("archives without a live segment");
            } else if (note.contains("seal")) {
                count("a seal that was cleared");
            }
        }
        if (report.lastSequence() < driver.ledger().framedCount()) {
            count("entries lost that were not durable");
        }
        if (report.lastSequence() > driver.ledger().promised()) {
            count("entries kept that were not durable");
        }
        if (report.segment() > 3) {
            count("more than three segments");
        }
        count("images");
    }

    private void count(String what) {
        seen.merge(what, 1, Integer::sum);
    }
}
