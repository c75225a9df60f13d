package io.melin.sample.exchange.replay;

import io.melin.sample.exchange.domain.Side;
import java.io.IOException;
import java.util.List;

/**
 * An exchange with one instrument of our own: in this process, or behind REST.
 *
 * <p>Two accounts trade: one owns whatever rests, the other takes. Every call returns when it is
 * done. Fails: {@link ReplayException} for an answer that the replay did not expect.
 */
interface ReplayTarget extends AutoCloseable {

    /** A limit order of the resting account. */
    record Order(long orderId, Side side, long price, long quantity) {}

    /** A fill of a resting order. */
    record Trade(long makerOrderId, long price, long quantity) {}

    /** Enters an order that rests, and returns what it traded on entry. */
    List<Trade> rest(Order order) throws IOException;

    /** Enters an order of the taking account that trades at once or goes away. */
    List<Trade> take(Order order) throws IOException;

    /** Lowers what is open of a resting order. */
    void reduce(Order order) throws IOException;

    void cancel(long orderId) throws IOException;

    /** The best levels of both sides. */
    LobsterRow book(int depth) throws IOException;

    @Override
    void close() throws IOException;
}
