package io.melin.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ManualTimeTest {
    private final ManualTime time = new ManualTime(1_000);

    @Test
    void standsStillUntilItIsAdvanced() {
        assertThat(time.epochNs()).isEqualTo(1_000);
        assertThat(time.tickerNs()).isZero();

        time.advance(Duration.ofNanos(5));

        assertThat(time.epochNs()).isEqualTo(1_005);
        assertThat(time.tickerNs()).isEqualTo(5);
    }

    @Test
    void stepsTheWallBackWithoutTheTicker() {
        time.advance(Duration.ofNanos(5));
        time.setEpochNs(10);

        assertThat(time.epochNs()).isEqualTo(10);
        assertThat(time.tickerNs()).isEqualTo(5);
        assertThatIllegalArgumentException().isThrownBy(() -> time.advance(Duration.ofNanos(-1)));
    }
}
