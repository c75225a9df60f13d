package io.melin.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.melin.wire.FrameMemory.Piece;
import org.junit.jupiter.api.Test;

class FrameMemoryTest {
    private final FrameMemory memory = new FrameMemory(100_000);

    @Test
    void aNewPieceHasTheNextPowerOfTwo() {
        assertThat(memory.take(5_000).capacity()).isEqualTo(8_192);
        assertThat(memory.take(8_192).capacity()).isEqualTo(8_192);
        assertThat(memory.take(8_193).capacity()).isEqualTo(16_384);
    }

    @Test
    void givesTheSmallestThatIsLargeEnough() {
        Piece small = memory.take(8_192);
        Piece large = memory.take(32_768);
        memory.giveBack(large);
        memory.giveBack(small);

        assertThat(memory.take(10_000)).isSameAs(large);
        assertThat(memory.take(100)).isSameAs(small);
        assertThat(memory.keptBytes()).isZero();
    }

    /** {@link FrameMemory} F3. */
    @Test
    void keepsNoMoreThanItsLimitAndOfThatTheLargest() {
        Piece large = memory.take(65_536);
        for (int i = 0; i < 10; i++) {
            memory.giveBack(Piece.of(8_192));
        }
        assertThat(memory.keptBytes()).isEqualTo(10 * 8_192);

        memory.giveBack(large);

        assertThat(memory.keptBytes()).isEqualTo(65_536 + 4 * 8_192);
        assertThat(memory.take(65_536)).isSameAs(large);
    }

    /** {@link FrameMemory} F3. */
    @Test
    void aPieceOverTheLimitTakesNobodysPlace() {
        Piece kept = memory.take(65_536);
        memory.giveBack(kept);

        memory.giveBack(Piece.of(1 << 17));

        assertThat(memory.keptBytes()).isEqualTo(65_536);
        assertThat(memory.take(1)).isSameAs(kept);
    }
}
