package io.melin.test;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Power cuts under a whole node, saves of snapshots included: what was answered survives, once;
 * nothing is invented.
 */
@ExtendWith(QuietNodes.class)
class NodeCrashTest {
    private static final int SEEDS = Integer.getInteger("melin.seeds", 1_000);

    @Test
    @Timeout(240)
    void keepsEveryAnsweredEventThroughPowerCuts() {
        Long only = Long.getLong("melin.seed");
        long first = only != null ? only : 1;
        long last = only != null ? only : SEEDS;
        System.out.println("NodeCrashTest: seeds " + first + " to " + last);
        int answered = 0;
        int lost = 0;
        long rotations = 0;
        int fromSnapshots = 0;
        long trimmed = 0;
        for (long seed = first; seed <= last; seed++) {
            NodeHistory history = new NodeHistory(seed, Machine.SOUND);
            try {
                history.run();
            } catch (Throwable e) {
                throw new AssertionError(
                        "seed="
                                + seed
                                + "; repeat with: mvn -pl melin-test -am test"
                                + " -Dtest=NodeCrashTest -Dmelin.seed="
                                + seed
                                + " -Dsurefire.failIfNoSpecifiedTests=false",
                        e);
            }
            answered += history.answered();
            lost += history.lost();
            rotations += history.rotations();
            fromSnapshots += history.fromSnapshots();
            trimmed += history.trimmed();
        }
        System.out.println(
                "NodeCrashTest: answered="
                        + answered
                        + ", unanswered lost="
                        + lost
                        + ", rotations="
                        + rotations
                        + ", starts from snapshots="
                        + fromSnapshots
                        + ", archives deleted="
                        + trimmed);
        assertThat(answered).as("answers that were checked").isGreaterThan((int) (last - first));
        if (only == null) {
            assertThat(rotations).as("rotations among them").isGreaterThan(SEEDS);
            assertThat(lost).as("power cuts that took something unanswered").isPositive();
            assertThat(fromSnapshots).as("starts from a snapshot").isPositive();
            assertThat(trimmed).as("archives deleted among them").isPositive();
        }
    }
}
