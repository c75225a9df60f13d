package io.melin.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.melin.app.EventId;
import io.melin.app.Refusal;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class MelinFixtureTest {
    private final MelinFixture<Long, Long> melin =
            MelinFixture.of(
                    new LedgerApplication(Duration.ofMillis(5)),
                    LedgerApplication.CODEC,
                    LedgerApplication.CODEC);

    @Test
    void answersWhatWasGivenAndAsked() {
        melin.given(5L, 6L).when(7L).outputs(3L);

        assertThat(values()).containsExactly(5L, 6L, 7L);
    }

    @Test
    void keepsAnswersThroughAPowerCut() {
        melin.given(5L).when(6L, EventId.of("six")).outputs(2L);

        melin.crashAndRecover();

        assertThat(values()).containsExactly(5L, 6L);
        melin.when(6L, EventId.of("six")).isDuplicate().outputs(2L);
        melin.when(7L, EventId.of("six")).refused(Refusal.ID_CONFLICT);
    }

    @Test
    void ticksAsSimulatedTimePasses() {
        melin.given(1L).advance(Duration.ofMillis(5)).advance(Duration.ofMillis(5));

        List<Long> ticks =
                melin.query(LedgerApplication.class, (ledger, live) -> ledger.state().ticksNs());
        assertThat(ticks).hasSize(3).isSorted();
        melin.restart();
        assertThat(
                        melin.<LedgerApplication, List<Long>>query(
                                LedgerApplication.class,
                                (ledger, live) -> ledger.state().ticksNs()))
                .isEqualTo(ticks);
    }

    @Test
    void failsATestThatExpectsSomethingElse() {
        assertThatThrownBy(() -> melin.when(1L).outputs(9L))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("expected=[9]")
                .hasMessageContaining("reports=[1]");
        assertThatThrownBy(() -> melin.when(-1L).applied())
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("NEGATIVE");
        melin.when(-1L).rejected("NEGATIVE");
    }

    private List<Long> values() {
        return melin.query(LedgerApplication.class, (ledger, live) -> ledger.state().values());
    }
}
