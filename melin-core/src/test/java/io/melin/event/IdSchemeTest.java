package io.melin.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class IdSchemeTest {
    @Test
    void keepsItsNumbersForEver() {
        assertThat(new byte[] {IdScheme.NONE, IdScheme.CLIENT_REQUEST, IdScheme.KEY})
                .containsExactly(0, 1, 2);
        assertThat(IdScheme.GATEWAY).isEqualTo((byte) 4);
    }

    @Test
    void knowsTheTwoSchemesBehindTheTwoDoorsAndNoneBehindOne() {
        List<Integer> known = new ArrayList<>();
        for (int scheme = Byte.MIN_VALUE; scheme <= Byte.MAX_VALUE; scheme++) {
            if (IdScheme.isKnown((byte) scheme)) {
                known.add(scheme);
            }
        }

        assertThat(known).containsExactly(0, 1, 2, 5, 6);
    }

    @Test
    void dropsTheNameSpace() {
        assertThat(IdScheme.scheme((byte) (IdScheme.KEY | IdScheme.GATEWAY)))
                .isEqualTo(IdScheme.KEY);
        assertThat(IdScheme.scheme(IdScheme.CLIENT_REQUEST)).isEqualTo(IdScheme.CLIENT_REQUEST);
    }
}
