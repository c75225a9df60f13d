package io.melin.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.melin.app.EventId;
import io.melin.event.IdScheme;
import org.junit.jupiter.api.Test;

class RequestTest {
    @Test
    void takesANumberedId() {
        Request request = new Request().id(EventId.of(7, 9));

        assertThat(request.idScheme()).isEqualTo(IdScheme.CLIENT_REQUEST);
        assertThat(request.idHigh()).isEqualTo(7);
        assertThat(request.idLow()).isEqualTo(9);
    }

    /**
     * SHA-256 of "key" starts with 2c70e12b7a0646f92279f427c7b38e73, as any other tool says too.
     */
    @Test
    void takesAKeyedId() {
        Request request = new Request().id(EventId.of("key"));

        assertThat(request.idScheme()).isEqualTo(IdScheme.KEY);
        assertThat(request.idHigh()).isEqualTo(0x2c70e12b7a0646f9L);
        assertThat(request.idLow()).isEqualTo(0x2279f427c7b38e73L);
    }

    @Test
    void clearsTheIdOfTheRequestBefore() {
        Request request = new Request().id(IdScheme.KEY, 1, 2).id(EventId.none());

        assertThat(request.idScheme()).isEqualTo(IdScheme.NONE);
        assertThat(request.idHigh()).isZero();
        assertThat(request.idLow()).isZero();
    }
}
