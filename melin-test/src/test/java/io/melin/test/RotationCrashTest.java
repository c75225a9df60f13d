package io.melin.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.melin.journal.Journal;
import io.melin.journal.JournalConfig;
import java.time.Duration;
import java.util.Random;
import java.util.function.UnaryOperator;
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

    private final CrashTally seen = new CrashTally();

    RotationCrashTest() {
        QUIET.setLevel(Level.OFF);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void keepsWhatWasDurableAtEveryCallOfARotationAndOfTheRecoveryBehindIt(boolean isPrepared) {
        RotationScript clean = new RotationScript(isPrepared);
        clean.run();
        assertThat(clean.disk.image().files().toString())
                .contains("journal.000001", "journal.000002", "journal.000003");
        int changes = (int) clean.disk.changes();
        Random random = new Random(11);

        for (int number = 1; number <= changes; number++) {
            RotationScript script = new RotationScript(isPrepared);
            script.disk.failAtChange(number, Fault.powerCut());
            cut(script);
            for (int image = 0; image < IMAGES; image++) {
                DiskImage found = script.disk.crashImage(CrashTally.plan(random));
                seen.observe(script.driver.checkBoots(found), script.driver);
                if (image < IMAGES_OF_RECOVERY) {
                    cutRecovery(script.driver, found, random);
                }
            }
        }

        System.out.println(
                "RotationCrashTest: prepared=" + isPrepared + ", calls=" + changes + ", " + seen);
    }

    private boolean cut(RotationScript script) {
        try {
            script.run();
            return false;
        } catch (PowerCut e) {
            seen.count("cut");
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
                seen.count("recovery cut");
            }
            driver.checkBoots(disk.crashImage(CrashTally.plan(random)));
        }
    }

    @Test
    void keepsEveryDurableEntryOfRandomHistories() {
        Seeds.each(
                getClass(),
                SEEDS,
                seed -> new RotationHistory(seed, UnaryOperator.identity(), seen).run());

        System.out.println("RotationCrashTest: " + seen);
        if (!Seeds.isSingle()) {
            assertThat(seen.kinds())
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
                driver.checkBoots(disk.crashImage(CrashTally.plan(random)));
            }
        }
    }

    /** O7 of Rotation: a rename fails once, and the next segment is wanted all the same. */
    @Test
    void losesNothingWhereARenameFailsWhileSegmentsArePrepared() {
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            SimulatedDisk disk = new SimulatedDisk(seed);
            JournalConfig config = JournalDriver.config(2, JournalConfig.SEGMENT_BYTES_MIN);
            JournalDriver driver = new JournalDriver(disk, config, new Random(seed));
            Journal journal = driver.open();
            for (int round = 0; round < 6; round++) {
                if (random.nextBoolean()) {
                    disk.failAt(DiskCall.Kind.RENAME, 1 + random.nextInt(2), Fault.eio());
                }
                journal.rotate();
                for (int step = 0; step < 6; step++) {
                    driver.append(journal, 2);
                    driver.writeAndForce(journal);
                    driver.prepare(journal);
                    driver.advance(Duration.ofMillis(200));
                }
                disk.clearFaults();
                driver.checkBoots(disk.crashImage(CrashPlan.losingAll()));
                driver.checkBoots(disk.crashImage(CrashTally.plan(random)));
            }
        }
    }

    /** O3 of Rotation: a rename fails, and the power goes while everything is taken back. */
    @Test
    void survivesACutWhileARotationIsTakenBack() {
        Random random = new Random(3);
        for (int rename = 2; rename <= 7; rename++) {
            RotationScript failing = new RotationScript(false);
            failing.disk.failAt(DiskCall.Kind.RENAME, rename, Fault.eio());
            failing.run();
            for (int number = 1; number <= failing.disk.changes(); number++) {
                RotationScript script = new RotationScript(false);
                script.disk.failAt(DiskCall.Kind.RENAME, rename, Fault.eio());
                script.disk.failAtChange(number, Fault.powerCut());
                boolean isCut = cut(script);
                for (int image = 0; isCut && image < IMAGES; image++) {
                    DiskImage found = script.disk.crashImage(CrashTally.plan(random));
                    seen.observe(script.driver.checkBoots(found), script.driver);
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
            RotationScript clean = new RotationScript(isPrepared);
            clean.run();
            for (int number = 1; number <= clean.disk.changes(); number++) {
                boolean isSurvived = new RotationScript(isPrepared).survives(number, fault(kind));
                assertThat(isSurvived || !kind.equals("SHORT")).isTrue();
                seen.count(kind + (isSurvived ? " survived" : " stopped"));
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
}
