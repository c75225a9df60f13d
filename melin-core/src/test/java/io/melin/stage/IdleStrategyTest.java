package io.melin.stage;

import static io.melin.stage.IdleStrategy.Step.PARK;
import static io.melin.stage.IdleStrategy.Step.SPIN;
import static io.melin.stage.IdleStrategy.Step.YIELD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class IdleStrategyTest {

    @Test
    void spinsThenYieldsThenParks() {
        IdleStrategy idle = IdleStrategy.backoff(2, 3, 50);

        assertThat(IntStream.rangeClosed(1, 7).mapToObj(idle::after))
                .containsExactly(SPIN, SPIN, YIELD, YIELD, YIELD, PARK, PARK);
        assertThat(idle.after(Integer.MAX_VALUE)).isEqualTo(PARK);
        assertThat(idle.parkNs()).isEqualTo(50);
    }

    @Test
    void parksAtOnceWhenTold() {
        assertThat(IdleStrategy.backoff(0, 0, 50).after(1)).isEqualTo(PARK);
    }

    @Test
    void neverParksWhenItSpins() {
        assertThat(IdleStrategy.busySpin().after(1)).isEqualTo(SPIN);
        assertThat(IdleStrategy.busySpin().after(Integer.MAX_VALUE)).isEqualTo(SPIN);
    }

    @Test
    void yieldsForEverWithoutOverflow() {
        IdleStrategy idle = new IdleStrategy(2, Integer.MAX_VALUE, 50);

        assertThat(idle.after(Integer.MAX_VALUE)).isEqualTo(YIELD);
    }

    @Test
    void givesUpASharedCoreAtLeastAsSoonAsTheSharedStrategy() {
        IdleStrategy modest = IdleStrategy.backoff(20, 0, 50);

        assertThat(modest.onASharedCore()).isSameAs(modest);
        assertThat(IdleStrategy.busySpin().onASharedCore()).isEqualTo(IdleStrategy.shared());
        assertThat(new IdleStrategy(2, Integer.MAX_VALUE, 50).onASharedCore())
                .isEqualTo(IdleStrategy.shared());
        assertThat(IdleStrategy.shared().after(2_000)).isEqualTo(PARK);
    }

    @Test
    void refusesNumbersOutOfRange() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> IdleStrategy.backoff(-1, 0, 50))
                .withMessageContaining("spins=-1");
        assertThatIllegalArgumentException().isThrownBy(() -> IdleStrategy.backoff(0, -1, 50));
        assertThatIllegalArgumentException().isThrownBy(() -> IdleStrategy.backoff(0, 0, 0));
    }
}
