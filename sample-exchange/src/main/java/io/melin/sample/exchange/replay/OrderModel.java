package io.melin.sample.exchange.replay;

import io.melin.sample.exchange.domain.Side;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the replay believes to rest in the exchange, in queue order.
 *
 * <p>An order is <em>named</em> if a message introduced it, and <em>anonymous</em> if it stands for
 * a level that a book row showed: then it is the sum of orders whose ids and ages nobody told.
 */
final class OrderModel {
    private final Map<Long, Resting> byId = new HashMap<>();
    private final Map<Side, TreeMap<Long, Deque<Resting>>> levels =
            Map.of(Side.BUY, new TreeMap<>(), Side.SELL, new TreeMap<>());

    /** A resting order; {@code open} follows the exchange. */
    static final class Resting {
        final long orderId;
        final Side side;
        final long price;
        final boolean named;
        long open;

        private Resting(ReplayTarget.Order order, boolean named) {
            orderId = order.orderId();
            side = order.side();
            price = order.price();
            open = order.quantity();
            this.named = named;
        }
    }

    void add(ReplayTarget.Order order, boolean named) {
        Resting resting = new Resting(order, named);
        byId.put(order.orderId(), resting);
        side(order.side()).computeIfAbsent(order.price(), p -> new ArrayDeque<>()).add(resting);
    }

    @Nullable Resting find(long orderId) {
        return byId.get(orderId);
    }

    /** What an order loses; it ends when nothing is left. */
    void reduce(Resting resting, long quantity) {
        resting.open -= quantity;
        if (resting.open <= 0) {
            Deque<Resting> queue = Objects.requireNonNull(side(resting.side).get(resting.price));
            queue.remove(resting);
            byId.remove(resting.orderId);
            if (queue.isEmpty()) {
                side(resting.side).remove(resting.price);
            }
        }
    }

    /** The orders of a level, oldest first; a copy. */
    List<Resting> queue(Side side, long price) {
        Deque<Resting> queue = side(side).get(price);
        return queue == null ? List.of() : new ArrayList<>(queue);
    }

    /** The prices of a side; a copy. */
    Collection<Long> prices(Side side) {
        return List.copyOf(side(side).keySet());
    }

    /** Whether an order of the other side would meet this price first. */
    boolean isBest(Side side, long price) {
        TreeMap<Long, Deque<Resting>> prices = side(side);
        return !prices.isEmpty()
                && price == (side == Side.BUY ? prices.lastKey() : prices.firstKey());
    }

    private TreeMap<Long, Deque<Resting>> side(Side side) {
        return Objects.requireNonNull(levels.get(side));
    }
}
