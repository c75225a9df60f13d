package io.melin.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.melin.app.Application;
import io.melin.app.EventContext;
import io.melin.app.Reports;
import io.melin.app.SnapshotReader;
import io.melin.app.SnapshotWriter;
import io.melin.health.NodeState;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The check passes what is deterministic, and names each way of not being so. */
@ExtendWith(QuietNodes.class)
class ReplayCheckTest {
    private static long global;

    @Test
    void passesWhatIsDeterministic() {
        ReplayCheck.of(
                        new LedgerApplication(Duration.ofMillis(2)),
                        LedgerApplication.CODEC,
                        LedgerApplication.CODEC)
                .check(random -> () -> random.nextLong(100) - 10);
    }

    @Test
    void findsAWallClock() {
        assertThatThrownBy(() -> check(new Sum(value -> value ^ System.nanoTime(), true)))
                .hasMessageContaining("live and")
                .hasMessageContaining("wall clock")
                .hasMessageContaining("-Dmelin.seed=1");
    }

    @Test
    void findsStateThatTwinsShare() {
        assertThatThrownBy(() -> check(new Sum(value -> value + global++, true)))
                .hasMessageContaining("state differs");
    }

    @Test
    void findsAFieldThatTheSnapshotLeavesOut() {
        assertThatThrownBy(() -> check(new Sum(LongUnaryOperator.identity(), false)))
                .hasMessageContaining("state differs");
    }

    @Test
    void findsARestoreThatReadsTooLittle() {
        try (MelinFixture<Long, Long> melin =
                MelinFixture.of(
                        new Forgetful(), LedgerApplication.CODEC, LedgerApplication.CODEC)) {
            melin.given(1L);
            assertThatThrownBy(melin::snapshotRoundTrip)
                    .hasMessageContaining("leaves bytes that snapshot wrote");
        }
    }

    @Test
    void failsTheNextSync() {
        try (MelinFixture<Long, Long> melin =
                MelinFixture.of(
                        new LedgerApplication(Duration.ZERO),
                        LedgerApplication.CODEC,
                        LedgerApplication.CODEC)) {
            melin.given(1L).failNextSync();
            melin.when(2L).unknown();
            assertThat(melin.node().state().state()).isEqualTo(NodeState.FAILED);
            melin.crashAndRecover();
            List<Long> values =
                    melin.query(LedgerApplication.class, (ledger, live) -> ledger.state().values());
            assertThat(values).startsWith(1L);
        }
    }

    private static void check(Application<Long, Long> application) {
        ReplayCheck.of(application, LedgerApplication.CODEC, LedgerApplication.CODEC)
                .check(random -> () -> random.nextLong(100));
    }

    /** Its restore does not read what its snapshot wrote last. */
    private static final class Forgetful extends Sum {
        Forgetful() {
            super(LongUnaryOperator.identity(), true);
        }

        @Override
        public Application<Long, Long> fresh() {
            return new Forgetful();
        }

        @Override
        public void restore(SnapshotReader in, int version) throws IOException {
            total = in.readLong();
        }
    }

    /** Adds; the number of events is what the snapshot may leave out. */
    private static class Sum implements Application<Long, Long> {
        private final LongUnaryOperator change;
        private final boolean isWhole;
        long total;
        private long count;

        Sum(LongUnaryOperator change, boolean isWhole) {
            this.change = change;
            this.isWhole = isWhole;
        }

        @Override
        public void apply(Long event, EventContext context, Reports<Long> reports) {
            count++;
            total += change.applyAsLong(event) * count;
        }

        @Override
        public Application<Long, Long> fresh() {
            return new Sum(change, isWhole);
        }

        @Override
        public void snapshot(SnapshotWriter out) throws IOException {
            out.writeLong(total);
            if (isWhole) {
                out.writeLong(count);
            }
        }

        @Override
        public void restore(SnapshotReader in, int version) throws IOException {
            total = in.readLong();
            if (isWhole) {
                count = in.readLong();
            }
        }
    }
}
