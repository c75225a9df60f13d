package io.melin.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.melin.journal.JournalException;
import io.melin.snapshot.SnapshotException;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Cuts the power of a real file system under a whole node that writes, rotates and saves snapshots;
 * see docs/nightly.md. {@code -Dmelin.cuts=COUNT} is how often on each file system, {@code
 * -Dmelin.seed=N} repeats the moments, as far as a real machine repeats anything.
 */
@ExtendWith(QuietNodes.class)
@Timeout(1_800)
class PowerCutNightly {
    private static final int CUTS = Integer.getInteger("melin.cuts", 50);
    private static final int CUTS_OF_A_LIFE = 5;

    private final long seed = Long.getLong("melin.seed", System.nanoTime());
    private final Random random = new Random(seed);

    @TempDir Path scratch;

    private int writer;

    /** What one life of a node came to. */
    private record Life(LoopDisks.Disk rest, long next) {}

    @ParameterizedTest
    @ValueSource(strings = {"ext4", "xfs"})
    void keepsWhatWasAnsweredBeforeThePowerWasCut(String type) throws Exception {
        System.out.println(
                "PowerCutNightly: repeat with .ci/nightly PowerCutNightly -Dmelin.seed=" + seed);
        try (LoopDisks disks = LoopDisks.open(scratch)) {
            Life life = new Life(disks.format(type, "320M"), 1);
            for (int cuts = CUTS; cuts > 0; cuts -= CUTS_OF_A_LIFE) {
                life = live(disks, life, Math.min(cuts, CUTS_OF_A_LIFE));
            }
            System.out.println(
                    "PowerCutNightly: "
                            + type
                            + ", cuts="
                            + CUTS
                            + ", events="
                            + (life.next() - 1));
        }
    }

    /** The test of the test: without a sync the same cuts lose what was answered. */
    @ParameterizedTest
    @ValueSource(strings = {"ext4", "xfs"})
    void findsASyncThatIsNeverMade(String type) throws Exception {
        try (LoopDisks disks = LoopDisks.open(scratch)) {
            Life life = new Life(disks.format(type, "320M"), 1);
            writer = RotatingWriter.NO_SYNC;
            assertThatThrownBy(() -> live(disks, life, CUTS_OF_A_LIFE))
                    .isInstanceOfAny(
                            AssertionError.class, JournalException.class, SnapshotException.class);
        }
    }

    /** The next life goes on with what the last cut of this one left. */
    private Life live(LoopDisks disks, Life before, int cuts) throws Exception {
        LoopDisks.Disk disk = before.rest();
        LoopDisks.Disk rest = disk;
        long next = before.next();
        long found = 0;
        try (ChildJvm child = ChildJvm.start(RotatingWriter.class, disk.journal(), next, writer)) {
            child.await(1);
            for (int cut = 0; cut < cuts; cut++) {
                child.await(child.count() + 1 + random.nextInt(300));
                TimeUnit.MICROSECONDS.sleep(random.nextInt(20_000));
                child.requireAlive();
                if (cut > 0) {
                    disks.remove(rest);
                }
                long answered;
                boolean isStopped = random.nextBoolean();
                signal(child, isStopped, "STOP");
                answered = child.last(next - 1);
                rest = disks.cut(disk);
                signal(child, isStopped, "CONT");
                found = ledger(disks.mount(rest)).check(answered, Long.MAX_VALUE);
            }
            child.kill();
            assertThat(found - 1)
                    .as("nothing is invented")
                    .isLessThanOrEqualTo(child.last(0) + RotatingWriter.WINDOW);
        }
        disks.remove(disk);
        return new Life(rest, found + 1);
    }

    private static RecoveredLedger ledger(LoopDisks.Disk disk) {
        return new RecoveredLedger(RotatingWriter.config(disk.journal()).journal());
    }

    private static void signal(ChildJvm child, boolean isWanted, String name) throws Exception {
        if (isWanted) {
            Tools.run("kill", "-" + name, Long.toString(child.pid()));
        }
    }
}
