package io.melin.sample.exchange.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.melin.sample.exchange.domain.NumericName;
import io.melin.sample.exchange.engine.BookView;
import io.melin.sample.exchange.gateway.Door;
import io.melin.sample.exchange.gateway.ExchangeTag;
import io.melin.sample.exchange.gateway.RequestEncoder;
import io.melin.wire.RequestFrame;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ClientFlowTest {
    private static final int ACCOUNTS = 20;
    private static final int INSTRUMENTS = 3;
    private static final int OPEN = 500;
    private static final ClientFlow.Plan PLAN =
            new ClientFlow.Plan(new Market(ACCOUNTS, INSTRUMENTS, true), OPEN, 42);
    private static final int ORDER_ID = RequestFrame.PAYLOAD + Integer.BYTES;

    private final Door door = new Door();
    private final ByteBuffer frame =
            ByteBuffer.allocateDirect(RequestEncoder.FRAME_BYTES_MAX)
                    .order(ByteOrder.LITTLE_ENDIAN);
    private long requests;

    /** Neither too few since some traded or were rejected, nor too many. */
    @Test
    void soManyOrdersRestWhenTheFlowBegins() {
        ClientFlow flow = new ClientFlow(PLAN, 0);

        setUp(flow);

        assertThat(requests).isEqualTo(INSTRUMENTS + 2 * ACCOUNTS + OPEN);
        assertThat(restingOrders()).isEqualTo(OPEN);
    }

    @Test
    void theFlowGoesOnWithAboutAsMany() {
        ClientFlow flow = new ClientFlow(PLAN, 0);
        setUp(flow);
        for (int i = 0; i < 20_000; i++) {
            flow.write(frame.clear(), ++requests);
            assertThat(door.ask(this::copy)).doesNotContain("MALFORMED");
            assertThat(restingOrders()).isLessThanOrEqualTo(OPEN);
        }
        assertThat(restingOrders()).isGreaterThan(OPEN / 2);
    }

    @Test
    void anotherClientOnlyPlacesOrdersOfItsOwn() {
        Set<Long> ids = new HashSet<>();
        for (int client = 0; client < 2; client++) {
            ClientFlow flow = new ClientFlow(PLAN, client);
            while (flow.writeSetUp(frame.clear(), 1)) {
                boolean isOrder = frame.get(RequestFrame.TAG) == ExchangeTag.SUBMIT;
                assertThat(isOrder || client == 0).isTrue();
                assertThat(!isOrder || ids.add(frame.getLong(ORDER_ID))).isTrue();
            }
        }
        assertThat(ids).hasSize(2 * OPEN);
    }

    @Test
    void aClientWithoutOrdersHasNothingToCancel() {
        assertThatThrownBy(() -> new ClientFlow.Plan(Market.of(2, 1), 0, 42))
                .hasMessageContaining("openOrders=0");
    }

    private void setUp(ClientFlow flow) {
        while (flow.writeSetUp(frame.clear(), ++requests)) {
            door.ask(this::copy);
        }
        requests--;
    }

    private void copy(ByteBuffer out) {
        out.put(frame.flip());
    }

    private int restingOrders() {
        int count = 0;
        for (int symbol = 0; symbol < INSTRUMENTS; symbol++) {
            BookView book =
                    Objects.requireNonNull(
                            door.application().book(NumericName.of(symbol), Integer.MAX_VALUE));
            count +=
                    Stream.concat(book.bids().stream(), book.asks().stream())
                            .mapToInt(BookView.Level::orders)
                            .sum();
        }
        return count;
    }
}
