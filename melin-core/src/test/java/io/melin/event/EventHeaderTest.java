package io.melin.event;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EventHeaderTest {
    @Test
    void givesBackWhatItWasFilledWith() {
        EventHeader header = new EventHeader().event(EventKind.EPOCH, 5, 6);

        assertThat(header.kind()).isEqualTo(EventKind.EPOCH);
        assertThat(header.sequence()).isEqualTo(5);
        assertThat(header.timeNs()).isEqualTo(6);
    }

    @Test
    void namesTheClientOfANumberedIdBehindEitherDoor() {
        EventHeader header = new EventHeader();

        assertThat(header.id(IdScheme.CLIENT_REQUEST, 8, 1).client()).isEqualTo(8);
        byte gateway = (byte) (IdScheme.CLIENT_REQUEST | IdScheme.GATEWAY);
        assertThat(header.id(gateway, 8, 1).client()).isEqualTo(8);
    }

    @Test
    void namesNoClientForAKeyOrNoId() {
        EventHeader header = new EventHeader();

        assertThat(header.id(IdScheme.KEY, 8, 1).client()).isZero();
        assertThat(header.id(IdScheme.NONE, 8, 1).client()).isZero();
    }
}
