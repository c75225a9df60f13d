package io.melin.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.melin.app.EventId;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Live, restarted and replayed from the first event: the same ticks and the same state. */
@ExtendWith(QuietNodes.class)
class NodeReplayTest {
    private static final int SEEDS = 60;

    @Test
    void seesEqualTicksAndStatesLiveAndReplayed() {
        System.out.println("NodeReplayTest: seeds 1 to " + SEEDS);
        for (long seed = 1; seed <= SEEDS; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            Duration ticks = Duration.ofMillis(random.nextInt(4));
            try (MelinFixture<Long, Long> melin =
                    MelinFixture.of(
                            new LedgerApplication(ticks),
                            LedgerApplication.CODEC,
                            LedgerApplication.CODEC,
                            seed)) {
                play(melin, random, 40);
                LedgerApplication.State live = state(melin);
                melin.restart();
                assertThat(state(melin)).as("restart, seed=" + seed).isEqualTo(live);
                play(melin, random, 40);
                live = state(melin);
                assertThat(live.ticksNs()).as("ticks increase, seed=" + seed).isSorted();
                assertThat(live.ticksNs()).doesNotHaveDuplicates();
                melin.crashAndRecover();
                assertThat(state(melin)).as("full replay, seed=" + seed).isEqualTo(live);
            }
        }
    }

    /** Events, repeats, rejects, conflicts, queries, and a wall clock that also steps back. */
    private static void play(MelinFixture<Long, Long> melin, SplittableRandom random, int steps) {
        for (int i = 0; i < steps; i++) {
            long value = 1 + random.nextInt(20);
            switch (random.nextInt(6)) {
                case 0 -> melin.inFlight(-value, EventId.of(2, value));
                case 1 -> melin.inFlight(value, EventId.of("k" + value));
                case 2 -> melin.inFlight(value + random.nextInt(2), EventId.of(1, value));
                case 3 -> melin.time().setEpochNs(MelinFixture.START_NS + random.nextInt(1 << 25));
                case 4 -> melin.query(LedgerApplication.class, (ledger, live) -> live.timeNs());
                default -> melin.advance(Duration.ofNanos(random.nextLong(5_000_000)));
            }
        }
        melin.run();
    }

    private static LedgerApplication.State state(MelinFixture<Long, Long> melin) {
        return melin.query(LedgerApplication.class, (ledger, live) -> ledger.state());
    }
}
