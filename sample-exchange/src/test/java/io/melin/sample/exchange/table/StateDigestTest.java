package io.melin.sample.exchange.table;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StateDigestTest {

    /** D1. */
    @Test
    void dependsOnTheFactsAndNotOnTheirOrder() {
        StateDigest one = new StateDigest();
        StateDigest other = new StateDigest();
        one.add(Mix.of(1, 2));
        one.add(Mix.of(2, 1));
        other.add(Mix.of(7));
        other.add(Mix.of(2, 1));
        other.add(Mix.of(1, 2));
        other.remove(Mix.of(7));

        assertThat(one.value(5)).isEqualTo(other.value(5)).isNotEqualTo(one.value(6));
        assertThat(one.value(5)).isNotEqualTo(new StateDigest().value(5));
    }
}
