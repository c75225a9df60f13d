package io.melin.sample.exchange.table;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SlabTest {

    @Test
    void givesFreedSlotsAgainEmptied() {
        Slab slab = new Slab(2, 1);
        int first = slab.allocate();
        int second = slab.allocate();
        slab.set(first, 0, 11);
        slab.set(first, 1, 12);
        slab.set(second, 0, 21);

        slab.free(first);
        int again = slab.allocate();

        assertThat(again).isEqualTo(first);
        assertThat(slab.get(again, 0)).isZero();
        assertThat(slab.get(again, 1)).isZero();
        assertThat(slab.get(second, 0)).isEqualTo(21);
        assertThat(slab.allocate()).isNotIn(first, second);
    }

    @Test
    void startsAnewWhenCleared() {
        Slab slab = new Slab(1, 4);
        slab.set(slab.allocate(), 0, 5);
        slab.free(slab.allocate());

        slab.clear();

        assertThat(slab.get(slab.allocate(), 0)).isZero();
        assertThat(slab.allocate()).isEqualTo(1);
    }
}
