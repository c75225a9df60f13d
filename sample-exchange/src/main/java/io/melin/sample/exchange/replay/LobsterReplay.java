package io.melin.sample.exchange.replay;

import io.melin.sample.exchange.domain.Side;
import io.melin.sample.exchange.replay.OrderModel.Resting;
import io.melin.sample.exchange.replay.ReplayTarget.Order;
import io.melin.sample.exchange.replay.ReplayTarget.Trade;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Plays messages, and after each compares the exchange's book with the official one.
 *
 * <p>The files show a window of a few levels, so the book is seeded from the first row, and kept to
 * the window <em>after</em> each comparison: levels that left it are withdrawn, levels that appear
 * and that no message explains are inserted. Nothing else is ever corrected: an error stays, and
 * the rows behind it show it.
 *
 * <p>An execution is a real trade: the taking account enters an immediate order of that price and
 * size. Price and time decide whom it meets, and the fills must name the order that the file names.
 * Where an anonymous order stands ahead of it, the file has just shown that it is younger, and it
 * is queued again first.
 */
final class LobsterReplay {
    private static final int DEPTH_COMPARED = 3;

    /** Ids of our own: above all ids of the files, below 2^53. */
    private static final long OWN_IDS = 1L << 50;

    private final ReplayTarget target;
    private final PrintStream out;
    private final OrderModel model = new OrderModel();
    private final ReplayCounts counts = new ReplayCounts();
    private long nextOwnId = OWN_IDS;

    LobsterReplay(ReplayTarget target, PrintStream out) {
        this.target = target;
        this.out = out;
    }

    /** Plays every message against an empty book; nothing to compare with. */
    ReplayCounts run(List<LobsterMessage> messages) throws IOException {
        for (LobsterMessage message : messages) {
            play(message);
        }
        return counts;
    }

    /**
     * @param rows as many as messages; row i is the book after message i
     */
    ReplayCounts run(List<LobsterMessage> messages, List<LobsterRow> rows) throws IOException {
        if (messages.size() != rows.size()) {
            throw new ReplayException(
                    "files do not belong together: messages="
                            + messages.size()
                            + ", rows="
                            + rows.size());
        }
        if (!rows.isEmpty()) {
            insertMissing(rows.get(0));
        }
        counts.inserted = 0;
        for (int i = 1; i < rows.size(); i++) {
            play(messages.get(i));
            compare(i + 1, rows.get(i));
            withdrawOutside(rows.get(i));
            insertMissing(rows.get(i));
        }
        return counts;
    }

    private void play(LobsterMessage message) throws IOException {
        if (!message.isAboutTheBook()) {
            return;
        }
        Resting named = model.find(message.orderId());
        switch (message.type()) {
            case NEW -> rest(order(message, message.orderId()), true);
            case PARTIAL_CANCEL, DELETE -> takeOff(message, named);
            default -> execute(message, named);
        }
    }

    private void execute(LobsterMessage message, @Nullable Resting named) throws IOException {
        if (named != null) {
            requeueAnonymousAheadOf(named);
        }
        long reachable = 0;
        for (Resting resting : model.queue(message.side(), message.price())) {
            boolean meant = named == null ? !resting.named : resting == named;
            if (!meant) {
                break;
            }
            reachable += resting.open;
        }
        if (reachable < message.size() || !model.isBest(message.side(), message.price())) {
            counts.byHand++;
            takeOff(message, named);
            return;
        }
        Side takes = message.side().opposite();
        Order taker = new Order(nextOwnId++, takes, message.price(), message.size());
        long traded = follow(target.take(taker));
        counts.unexplained += traded == message.size() ? 0 : 1;
        if (named == null) {
            counts.matchedAnonymous++;
        } else {
            counts.matched++;
        }
    }

    private void requeueAnonymousAheadOf(Resting named) throws IOException {
        for (Resting resting : model.queue(named.side, named.price)) {
            if (resting.named) {
                return;
            }
            Order again = new Order(nextOwnId++, named.side, named.price, resting.open);
            target.cancel(resting.orderId);
            model.reduce(resting, resting.open);
            rest(again, false);
            counts.requeued++;
        }
    }

    /** Lowers the named order, or whatever anonymous order stands at the price. */
    private void takeOff(LobsterMessage message, @Nullable Resting named) throws IOException {
        long left = message.size();
        if (named != null) {
            left -= takeOff(named, left);
        }
        for (Resting resting : model.queue(message.side(), message.price())) {
            if (left > 0 && !resting.named) {
                left -= takeOff(resting, left);
            }
        }
        counts.unexplained += left > 0 ? 1 : 0;
    }

    private long takeOff(Resting resting, long size) throws IOException {
        long taken = Math.min(size, resting.open);
        if (taken == resting.open) {
            target.cancel(resting.orderId);
        } else {
            long left = resting.open - taken;
            target.reduce(new Order(resting.orderId, resting.side, resting.price, left));
        }
        model.reduce(resting, taken);
        return taken;
    }

    private void rest(Order order, boolean named) throws IOException {
        List<Trade> trades = target.rest(order);
        counts.unexplained += trades.size();
        long left = order.quantity() - follow(trades);
        if (left > 0) {
            model.add(new Order(order.orderId(), order.side(), order.price(), left), named);
        }
    }

    /** Takes fills over into the model; returns their sum. */
    private long follow(List<Trade> trades) throws ReplayException {
        long sum = 0;
        for (Trade trade : trades) {
            Resting maker = model.find(trade.makerOrderId());
            if (maker == null) {
                throw new ReplayException(
                        "fill of an order that should not rest: orderId=" + trade.makerOrderId());
            }
            model.reduce(maker, trade.quantity());
            sum += trade.quantity();
        }
        return sum;
    }

    private void compare(int line, LobsterRow official) throws IOException {
        LobsterRow own = target.book(DEPTH_COMPARED);
        counts.rows++;
        if (best(own.bids()).equals(best(official.bids()))
                && best(own.asks()).equals(best(official.asks()))) {
            counts.equal++;
        } else {
            out.printf("replay: books differ: line=%d, own=%s, official=%s%n", line, own, official);
        }
    }

    private static List<LobsterRow.Level> best(List<LobsterRow.Level> levels) {
        return levels.subList(0, Math.min(DEPTH_COMPARED, levels.size()));
    }

    private void withdrawOutside(LobsterRow row) throws IOException {
        for (Side side : Side.values()) {
            List<LobsterRow.Level> window = row.side(side);
            if (window.isEmpty()) {
                continue;
            }
            long edge = window.get(window.size() - 1).price();
            for (long price : model.prices(side)) {
                if (side == Side.BUY ? price < edge : price > edge) {
                    withdraw(side, price);
                }
            }
        }
    }

    private void withdraw(Side side, long price) throws IOException {
        for (Resting resting : model.queue(side, price)) {
            target.cancel(resting.orderId);
            model.reduce(resting, resting.open);
        }
        counts.withdrawn++;
    }

    private void insertMissing(LobsterRow row) throws IOException {
        for (Side side : Side.values()) {
            for (LobsterRow.Level level : row.side(side)) {
                if (model.queue(side, level.price()).isEmpty()) {
                    rest(new Order(nextOwnId++, side, level.price(), level.quantity()), false);
                    counts.inserted++;
                }
            }
        }
    }

    private static Order order(LobsterMessage message, long orderId) {
        return new Order(orderId, message.side(), message.price(), message.size());
    }
}
