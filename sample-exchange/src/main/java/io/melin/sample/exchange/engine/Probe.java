package io.melin.sample.exchange.engine;

import io.melin.sample.exchange.book.Book;
import io.melin.sample.exchange.book.BookSide;
import io.melin.sample.exchange.book.Levels;
import io.melin.sample.exchange.book.Orders;
import io.melin.sample.exchange.domain.Amounts;
import io.melin.sample.exchange.domain.SelfTradePrevention;
import io.melin.sample.exchange.domain.Side;
import io.melin.sample.exchange.ledger.Ledger;
import io.melin.sample.exchange.table.PairTable;
import io.melin.sample.exchange.table.Slab;

/**
 * Walks the book as {@link Matcher} would, and changes nothing: what would trade, and whether a
 * balance would leave its range. Used for FOK, and where more of a currency exists than one balance
 * may hold.
 */
final class Probe {
    private static final long STOPPED = -1;

    private final Ledger ledger;
    private final Orders orders;
    private final Levels levels;

    /** Every total that the walk has touched, as it would be. */
    private final PairTable touched = new PairTable(64);

    private final Slab totals = new Slab(1, 64);

    private long tradable;
    private boolean inRange;

    Probe(ExchangeState state) {
        ledger = state.ledger();
        orders = state.books().orders();
        levels = state.books().levels();
    }

    /** What would trade, after {@link #walk}. */
    long tradable() {
        return tradable;
    }

    /** Whether every balance would stay in range, after {@link #walk}. */
    boolean isInRange() {
        return inRange;
    }

    void walk(Book book, Taker taker) {
        tradable = 0;
        inRange = true;
        long budget = taker.budget();
        BookSide makers = book.side(taker.side().opposite());
        for (int depth = 0; depth < makers.count(); depth++) {
            int level = makers.level(depth);
            if (!makers.isReachedBy(levels.price(level), taker.limit())) {
                break;
            }
            budget = walkLevel(book, taker, levels.head(level), budget);
            if (budget == STOPPED || tradable == taker.open()) {
                break;
            }
        }
        forgetTotals();
    }

    /** The budget that is left, or {@link #STOPPED}. */
    private long walkLevel(Book book, Taker taker, int head, long budget) {
        SelfTradePrevention prevention = taker.prevention();
        long left = budget;
        for (int maker = head; maker != Slab.NONE; maker = orders.next(maker)) {
            if (prevention != SelfTradePrevention.ALLOW
                    && orders.account(maker) == taker.account()) {
                if (prevention.cancelsTaker()) {
                    return STOPPED;
                }
                continue;
            }
            long wanted = Math.min(taker.open() - tradable, orders.open(maker));
            long quantity =
                    left == Taker.UNBOUNDED ? wanted : Math.min(wanted, left / orders.price(maker));
            if (quantity == 0) {
                return STOPPED;
            }
            long cost = Math.multiplyExact(orders.price(maker), quantity);
            tradable += quantity;
            left -= left == Taker.UNBOUNDED ? 0 : cost;
            follow(book, taker, orders.account(maker), quantity, cost);
        }
        return left;
    }

    private void follow(Book book, Taker taker, int maker, long quantity, long cost) {
        int buyer = taker.side() == Side.BUY ? taker.account() : maker;
        int seller = taker.side() == Side.BUY ? maker : taker.account();
        int base = book.instrument().base();
        int quote = book.instrument().quote();
        change(buyer, quote, -cost);
        change(seller, base, -quantity);
        change(buyer, base, quantity);
        change(seller, quote, cost);
    }

    private void change(int account, int currency, long amount) {
        int slot = touched.get(account, currency);
        if (slot == PairTable.ABSENT) {
            slot = totals.allocate();
            touched.put(account, currency, slot);
            totals.set(slot, 0, ledger.total(account, currency));
        }
        long total = totals.get(slot, 0) + amount;
        totals.set(slot, 0, total);
        inRange &= total <= Amounts.MAX;
    }

    private void forgetTotals() {
        touched.clear();
        totals.clear();
    }
}
