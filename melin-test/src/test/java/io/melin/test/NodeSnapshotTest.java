package io.melin.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.melin.app.EventId;
import io.melin.journal.JournalConfig;
import io.melin.journal.JournalPorts;
import io.melin.journaled.JournaledApplication;
import io.melin.node.MelinConfig;
import io.melin.shadow.ShadowMode;
import io.melin.shadow.SnapshotConfig;
import io.melin.snapshot.SnapshotFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Live, snapshot and tail, full replay, and the shadow: one state, byte for byte, its exactly-once
 * memory and its clock included.
 */
@ExtendWith(QuietNodes.class)
class NodeSnapshotTest {
    private static final int SEEDS = 60;
    private static final Path DIRECTORY = Path.of("simulated");
    private static final Duration INTERVAL = Duration.ofMillis(5);

    private int fromSnapshots;
    private int ofTheShadow;

    @Test
    void isOneStateLiveFromSnapshotsFromTheFirstEntryAndInTheShadow() {
        Seeds.each(getClass(), SEEDS, this::run);

        System.out.println(
                "NodeSnapshotTest: starts from a snapshot="
                        + fromSnapshots
                        + ", snapshots of a shadow compared="
                        + ofTheShadow);
        if (!Seeds.isSingle()) {
            assertThat(fromSnapshots).isGreaterThan(SEEDS);
            assertThat(ofTheShadow).isGreaterThan(SEEDS / 2);
        }
    }

    private void run(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Duration ticks = Duration.ofMillis(random.nextInt(4));
        SnapshotConfig snapshots =
                new SnapshotConfig(
                        ShadowMode.ON,
                        INTERVAL,
                        1 + random.nextInt(30),
                        1 + random.nextInt(4_000),
                        2 + random.nextInt(2));
        MelinConfig config = MelinFixture.smallConfig().withSnapshots(snapshots);
        JournaledApplication.Program<Long, Long> program = LedgerApplication.program(ticks);
        try (MelinFixture<Long, Long> melin = MelinFixture.of(program, config, seed)) {
            for (int life = 0; life < 4; life++) {
                play(melin, random, 30);
                LedgerApplication.State live = state(melin);
                compare(melin, config.journal(), program, live);
                if (random.nextBoolean()) {
                    melin.restart();
                } else {
                    melin.crashAndRecover();
                }
                fromSnapshots += melin.isFromSnapshot() ? 1 : 0;
                assertThat(state(melin)).isEqualTo(live);
            }
        }
    }

    /** On a copy of the disk, which is as a killed process leaves it. */
    private void compare(
            MelinFixture<Long, Long> melin,
            JournalConfig config,
            JournaledApplication.Program<Long, Long> program,
            LedgerApplication.State live) {
        SimulatedDisk full = new SimulatedDisk(1);
        full.restore(melin.disk().image());
        SimulatedDisk tail = new SimulatedDisk(1);
        tail.restore(melin.disk().image());
        try (JournaledApplication<Long, Long> replayed =
                        JournaledApplication.recover(
                                program, config, new JournalPorts(full, melin.time()));
                JournaledApplication<Long, Long> restored =
                        JournaledApplication.open(
                                program, config, new JournalPorts(tail, melin.time()))) {
            assertThat(ledger(replayed).state()).isEqualTo(live);
            assertThat(ledger(restored).state()).isEqualTo(live);
            assertThat(replayed.journal().report().replayed().afterSequence()).isZero();
            SnapshotFile newest = restored.saveSnapshot(2);
            assertThat(replayed.saveSnapshot(2)).isEqualTo(newest);
            Path path = DIRECTORY.toAbsolutePath().normalize().resolve(newest.name());
            byte[] bytes = full.image().bytes(path);
            assertThat(tail.image().bytes(path)).isEqualTo(bytes);
            if (melin.disk().image().exists(path)) {
                ofTheShadow++;
                assertThat(melin.disk().image().bytes(path)).isEqualTo(bytes);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static LedgerApplication ledger(JournaledApplication<Long, Long> of) {
        return (LedgerApplication) of.applier().application();
    }

    /** Events, repeats, rejects, conflicts, queries, and a wall clock that also steps back. */
    private static void play(MelinFixture<Long, Long> melin, SplittableRandom random, int steps) {
        for (int i = 0; i < steps; i++) {
            long value = 1 + random.nextInt(20);
            switch (random.nextInt(7)) {
                case 0 -> melin.inFlight(-value, EventId.of(2, value));
                case 1 -> melin.inFlight(value, EventId.of("k" + value));
                case 2 -> melin.inFlight(value + random.nextInt(2), EventId.of(1, value));
                case 3 -> melin.time().setEpochNs(MelinFixture.START_NS + random.nextInt(1 << 25));
                case 4 -> melin.query(LedgerApplication.class, (ledger, live) -> live.timeNs());
                case 5 -> melin.run();
                default -> melin.advance(Duration.ofNanos(random.nextLong(5_000_000)));
            }
        }
        melin.run();
    }

    private static LedgerApplication.State state(MelinFixture<Long, Long> melin) {
        return melin.query(LedgerApplication.class, (ledger, live) -> ledger.state());
    }
}
