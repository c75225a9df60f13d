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
import java.util.function.LongFunction;
import java.util.stream.Stream;

/** One seed: submits, steps, power cuts, and a ledger of what was answered. */
final class NodeHistory {
    private static final int GENERATIONS = 3;
    private static final List<String> STAGES =
            Stream.concat(StageConfig.STAGES.stream(), Stream.of("preparer")).toList();

    private final SplittableRandom random;
    private final MelinFixture<Long, Long> melin;
    private final Map<Long, MelinResult<Long>> answers = new LinkedHashMap<>();
    private final List<Long> submitted = new ArrayList<>();
    private final Map<Long, CompletableFuture<MelinResult<Long>>> open = new LinkedHashMap<>();
    private final LongFunction<EventId> ids;
    private long next = 1;
    private int lost;
    private long rotations;
    private int fromSnapshots;
    private long trimmed;

    NodeHistory(long seed, Machine machine) {
        ids = machine.ids();
        random = new SplittableRandom(seed);
        Duration ticks = random.nextBoolean() ? Duration.ofMillis(1) : Duration.ZERO;
        SnapshotConfig snapshots =
                new SnapshotConfig(
                        ShadowMode.ON, Duration.ofMillis(5), 1 + random.nextInt(12), 1 << 20, 2);
        MelinConfig config = MelinFixture.smallConfig();
        melin =
                MelinFixture.of(
                        machine.program().apply(ticks),
                        seed % 2 == 0 ? config : trimming(config.withSnapshots(snapshots)),
                        seed,
                        machine.storage());
    }

    int answered() {
        return answers.size();
    }

    int lost() {
        return lost;
    }

    long rotations() {
        return rotations;
    }

    int fromSnapshots() {
        return fromSnapshots;
    }

    long trimmed() {
        return trimmed;
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
                open.put(next, melin.inFlight(next, ids.apply(next)));
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
                        melin.when(value, ids.apply(value)).isDuplicate().result();
                assertThat(repeat.sequence()).isEqualTo(answer.getValue().sequence());
                assertThat(repeat.reports()).isEqualTo(answer.getValue().reports());
            }
        }
        submitted.retainAll(recovered);
    }
}
