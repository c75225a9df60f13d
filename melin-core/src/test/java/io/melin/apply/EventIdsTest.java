package io.melin.apply;

import static org.assertj.core.api.Assertions.assertThat;

import io.melin.app.EventId;
import io.melin.event.IdScheme;
import org.junit.jupiter.api.Test;

class EventIdsTest {
    @Test
    void readsANumberedIdAsClientAndRequest() {
        EventId id = EventId.of(7, 9);

        assertThat(EventIds.scheme(id)).isEqualTo(IdScheme.CLIENT_REQUEST);
        assertThat(EventIds.high(id)).isEqualTo(7);
        assertThat(EventIds.low(id)).isEqualTo(9);
    }

    /** SHA-256 of "key" starts with 2c70e12b7a0646f92279f427c7b38e73, as any other tool says. */
    @Test
    void readsAKeyAsTheFirst128BitsOfItsHash() {
        EventId id = EventId.of("key");

        assertThat(EventIds.scheme(id)).isEqualTo(IdScheme.KEY);
        assertThat(EventIds.high(id)).isEqualTo(0x2c70e12b7a0646f9L);
        assertThat(EventIds.low(id)).isEqualTo(0x2279f427c7b38e73L);
    }

    @Test
    void readsNoIdAsNothing() {
        EventId id = EventId.none();

        assertThat(EventIds.scheme(id)).isEqualTo(IdScheme.NONE);
        assertThat(EventIds.high(id)).isZero();
        assertThat(EventIds.low(id)).isZero();
    }
}
