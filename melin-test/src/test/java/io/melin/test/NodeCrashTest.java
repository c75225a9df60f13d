package io.melin.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.melin.app.EventId;
import io.melin.app.MelinResult;
import io.melin.journal.Retention;
import io.melin.node.MelinConfig;
import io.melin.node.RotationTotals;
import io.melin.pipeline.StageConfig;
import io.melin.shadow.ShadowMode;
import io.melin.shadow.SnapshotConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
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
    private static final int GENERATIONS = 3;
    private static final List<String> STAGES =
            Stream.concat(StageConfig.STAGES.stream(), Stream.of("preparer")).toList();

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
            History history = new History(seed);
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
            answered += history.answers.size();
            lost += history.lost;
            rotations += history.rotations;
            fromSnapshots += history.fromSnapshots;
            trimmed += history.trimmed;
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

    /** One seed: submits, steps, power cuts, and a ledger of what was answered. */
    private static final class History {
        private final SplittableRandom random;
        private final MelinFixture<Long, Long> melin;
        private final Map<Long, MelinResult<Long>> answers = new LinkedHashMap<>();
        private final List<Long> submitted = new ArrayList<>();
        private final Map<Long, CompletableFuture<MelinResult<Long>>> open = new LinkedHashMap<>();
        private long next = 1;
        private int lost;
        private long rotations;
        private int fromSnapshots;
        private long trimmed;

        History(long seed) {
            random = new SplittableRandom(seed);
            Duration ticks = random.nextBoolean() ? Duration.ofMillis(1) : Duration.ZERO;
            SnapshotConfig snapshots =
                    new SnapshotConfig(
                            ShadowMode.ON,
                            Duration.ofMillis(5),
                            1 + random.nextInt(12),
                            1 << 20,
                            2);
            MelinConfig config = MelinFixture.smallConfig();
            melin =
                    MelinFixture.of(
                            LedgerApplication.program(ticks),
                            seed % 2 == 0 ? config : trimming(config.withSnapshots(snapshots)),
                            seed);
        }

        /** As little as a start can do with. */
        private static MelinConfig trimming(MelinConfig config) {
            Retention retention = new Retention(1, Duration.ZERO, false);
            return config.withJournal(config.journal().withRetention(retention));
        }

        void run() {
            for (int generation = 0; generation < GENERATIONS; generation++) {
                if (random.nextInt(4) > 0) {
                    melin.disk().failAtChange(1 + random.nextInt(40), Fault.powerCut());
                }
                script(10 + random.nextInt(60));
                open.clear();
                RotationTotals totals = melin.node().meters().rotations();
                rotations += totals.fast() + totals.fallback();
                trimmed += melin.node().meters().space().trimmed();
                melin.crashAndRecover();
                fromSnapshots += melin.isFromSnapshot() ? 1 : 0;
                check();
            }
            melin.close();
        }

        private void script(int actions) {
            for (int i = 0; i < actions; i++) {
                int kind = random.nextInt(10);
                if (kind < 6) {
                    open.put(next, melin.inFlight(next, EventId.of(next % 3, next)));
                    submitted.add(next++);
                } else if (kind < 7) {
                    melin.time().setEpochNs(MelinFixture.START_NS + random.nextLong(1L << 32));
                } else {
                    melin.time().advance(Duration.ofNanos(random.nextLong(3_000_000)));
                    step();
                    collect();
                }
            }
        }

        /** Stages get on in any order, as a scheduler may have it. */
        private void step() {
            for (int i = random.nextInt(12); i >= 0; i--) {
                melin.node().step(STAGES.get(random.nextInt(STAGES.size())));
            }
            if (random.nextInt(3) == 0) {
                melin.node().runOnce();
            }
            if (random.nextInt(5) == 0) {
                melin.node().rotate();
            }
        }

        private void collect() {
            open.entrySet().removeIf(entry -> isAnswered(entry.getKey(), entry.getValue()));
        }

        private boolean isAnswered(long value, CompletableFuture<MelinResult<Long>> future) {
            if (future.isDone() && !future.isCompletedExceptionally()) {
                answers.put(value, future.join());
            }
            return future.isDone();
        }

        private void check() {
            List<Long> recovered =
                    melin.query(LedgerApplication.class, (ledger, live) -> ledger.state().values());
            assertThat(recovered).as("applied once each").doesNotHaveDuplicates();
            assertThat(submitted).as("nothing invented").containsAll(recovered);
            assertThat(recovered).as("nothing answered is lost").containsAll(answers.keySet());
            lost += submitted.size() - recovered.size();
            for (Map.Entry<Long, MelinResult<Long>> answer : answers.entrySet()) {
                if (random.nextInt(8) == 0) {
                    long value = answer.getKey();
                    MelinResult<Long> repeat =
                            melin.when(value, EventId.of(value % 3, value)).isDuplicate().result();
                    assertThat(repeat.sequence()).isEqualTo(answer.getValue().sequence());
                    assertThat(repeat.reports()).isEqualTo(answer.getValue().reports());
                }
            }
            submitted.retainAll(recovered);
        }
    }
}
