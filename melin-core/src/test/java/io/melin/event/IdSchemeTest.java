package io.melin.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.melin.app.EventId;
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

    @Test
    void fillsANumberedId() {
        EventHeader header = new EventHeader();
        IdScheme.fill(header, EventId.of(7, 9));

        assertThat(header.idScheme()).isEqualTo(IdScheme.CLIENT_REQUEST);
        assertThat(header.idHigh()).isEqualTo(7);
        assertThat(header.idLow()).isEqualTo(9);
        assertThat(header.client()).isEqualTo(7);
    }

    /**
     * SHA-256 of "key" starts with 2c70e12b7a0646f92279f427c7b38e73, as any other tool says too.
     */
    @Test
    void fillsAKeyedId() {
        EventHeader header = new EventHeader();
        IdScheme.fill(header, EventId.of("key"));

        assertThat(header.idScheme()).isEqualTo(IdScheme.KEY);
        assertThat(header.idHigh()).isEqualTo(0x2c70e12b7a0646f9L);
        assertThat(header.idLow()).isEqualTo(0x2279f427c7b38e73L);
        assertThat(header.client()).isZero();
    }

    @Test
    void clearsTheIdOfTheEventBefore() {
        EventHeader header = new EventHeader().id(IdScheme.KEY, 1, 2);
        IdScheme.fill(header, EventId.none());

        assertThat(header.idScheme()).isEqualTo(IdScheme.NONE);
        assertThat(header.idHigh()).isZero();
        assertThat(header.idLow()).isZero();
    }
}
