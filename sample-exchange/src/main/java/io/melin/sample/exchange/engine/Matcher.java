package io.melin.sample.exchange.engine;

import io.melin.sample.exchange.book.Book;
import io.melin.sample.exchange.book.BookSide;
import io.melin.sample.exchange.book.Books;
import io.melin.sample.exchange.book.Orders;
import io.melin.sample.exchange.domain.SelfTradePrevention;
import io.melin.sample.exchange.domain.Side;
import io.melin.sample.exchange.ledger.Ledger;

/**
 * Trades an incoming order against the other side: best price first, oldest first, at the maker's
 * price.
 *
 * <p>M1: a fill costs at most what its buyer holds: the maker's reserve, the taker's limit times
 * quantity, or the taker's budget; so no product here can overflow. M2: self-trade prevention is
 * tested before the budget.
 */
final class Matcher {
    private final Ledger ledger;
    private final Books books;
    private final Orders orders;
    private final Announcer announcer;

    Matcher(ExchangeState state, Announcer announcer) {
        ledger = state.ledger();
        books = state.books();
        orders = books.orders();
        this.announcer = announcer;
    }

    /** Whether prevention ended the walk, so that the taker's rest must be cancelled. */
    boolean match(Book book, Taker taker) {
        BookSide makers = book.side(taker.side().opposite());
        SelfTradePrevention prevention = taker.prevention();
        while (taker.open() > 0 && makers.isReachedBy(taker.limit())) {
            int maker = books.levels().head(makers.level(0));
            if (prevention != SelfTradePrevention.ALLOW
                    && orders.account(maker) == taker.account()) {
                if (prevention.cancelsMaker()) {
                    cancel(book, maker);
                }
                if (prevention.cancelsTaker()) {
                    return true;
                }
            } else if (!trade(book, taker, maker)) {
                return false;
            }
        }
        return false;
    }

    /** Ends a resting order and gives its reserve back. */
    void cancel(Book book, int order) {
        announcer.cancelled(book, order);
        Side side = orders.side(order);
        int account = orders.account(order);
        ledger.release(
                account,
                book.paidBy(side),
                Reserve.of(side, orders.price(order), orders.open(order)));
        remove(order, account);
    }

    private boolean trade(Book book, Taker taker, int maker) {
        long price = orders.price(maker);
        long quantity = affordable(taker, price, Math.min(taker.open(), orders.open(maker)));
        if (quantity == 0) {
            return false;
        }
        announcer.fill(book, taker, maker, quantity);
        long cost = Math.multiplyExact(price, quantity);
        pay(book, taker, orders.account(maker), quantity, cost);
        taker.traded(quantity, cost);
        books.lastTradePrice(book, price);
        long open = orders.open(maker) - quantity;
        if (open == 0) {
            remove(maker, orders.account(maker));
        } else {
            books.reduce(maker, open);
        }
        return true;
    }

    /** Both debits before both credits: an account may stand on both sides of a trade. */
    private void pay(Book book, Taker taker, int maker, long quantity, long cost) {
        int base = book.instrument().base();
        int quote = book.instrument().quote();
        if (taker.side() == Side.BUY) {
            ledger.debitAvailable(taker.account(), quote, cost);
            ledger.debitReserved(maker, base, quantity);
            ledger.credit(taker.account(), base, quantity);
            ledger.credit(maker, quote, cost);
        } else {
            ledger.debitAvailable(taker.account(), base, quantity);
            ledger.debitReserved(maker, quote, cost);
            ledger.credit(taker.account(), quote, cost);
            ledger.credit(maker, base, quantity);
        }
    }

    /** How much of the quantity the taker's budget pays for. */
    static long affordable(Taker taker, long price, long quantity) {
        return taker.budget() == Taker.UNBOUNDED
                ? quantity
                : Math.min(quantity, taker.budget() / price);
    }

    private void remove(int order, int account) {
        books.dequeue(order);
        books.forget(order);
        ledger.accounts().changeOpenOrders(account, -1);
    }
}
