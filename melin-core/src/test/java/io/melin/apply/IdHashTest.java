package io.melin.apply;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class IdHashTest {
    @Test
    void hashesAlikeOnEveryMachine() {
        assertThat(IdHash.of((byte) 1, 2, 3)).isEqualTo(0xe49a243809e88bbaL);
        assertThat(IdHash.of((byte) 6, -1, Long.MIN_VALUE)).isEqualTo(0x04cee9e40b3e72acL);
    }

    @Test
    void spreadsCountingIdsOverTheWholeIndex() {
        int mask = (1 << 17) - 1;
        Set<Long> places = new HashSet<>();
        for (int i = 0; i < 65_536; i++) {
            places.add(IdHash.of((byte) 1, i & 0xFF, i >> 8) & mask);
        }

        // 65,536 balls thrown at random into 131,072 bins hit about 51,570 of them.
        assertThat(places.size()).isBetween(51_000, 52_200);
    }

    @Test
    void comesToEveryPlaceAndKnowsByHowManySteps() {
        int mask = 63;
        Set<Integer> places = new HashSet<>();
        int place = 5;
        for (int steps = 0; steps <= mask; steps++) {
            assertThat(IdHash.steps(5, place) & mask).isEqualTo(steps);
            places.add(place);
            place = (place + IdHash.STEP) & mask;
        }

        assertThat(places).hasSize(mask + 1);
    }
}
