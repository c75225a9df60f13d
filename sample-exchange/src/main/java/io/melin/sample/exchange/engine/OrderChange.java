package io.melin.sample.exchange.engine;

import static io.melin.sample.exchange.domain.RejectReason.AMOUNT_OUT_OF_RANGE;
import static io.melin.sample.exchange.domain.RejectReason.INSUFFICIENT_BALANCE;
import static io.melin.sample.exchange.domain.RejectReason.PRICE_WOULD_CROSS;
import static io.melin.sample.exchange.domain.RejectReason.UNKNOWN_ACCOUNT;
import static io.melin.sample.exchange.domain.RejectReason.UNKNOWN_ORDER;
import static io.melin.sample.exchange.domain.RejectReason.UNKNOWN_SYMBOL;

import io.melin.sample.exchange.book.Book;
import io.melin.sample.exchange.book.Books;
import io.melin.sample.exchange.book.Orders;
import io.melin.sample.exchange.domain.Amounts;
import io.melin.sample.exchange.domain.RejectReason;
import io.melin.sample.exchange.domain.Side;
import io.melin.sample.exchange.ledger.Accounts;
import io.melin.sample.exchange.ledger.Ledger;
import io.melin.sample.exchange.table.Slab;
import io.melin.sample.exchange.wire.ExchangeEvent;
import org.jspecify.annotations.Nullable;

/** Cancels a resting order or gives it new terms. */
final class OrderChange {
    private final Ledger ledger;
    private final Books books;
    private final Orders orders;
    private final Announcer announcer;
    private final Matcher matcher;

    OrderChange(ExchangeState state, Announcer announcer, Matcher matcher) {
        ledger = state.ledger();
        books = state.books();
        orders = books.orders();
        this.announcer = announcer;
        this.matcher = matcher;
    }

    /** Cancelling what is not there is no failure and reports nothing. */
    void cancel(ExchangeEvent event) {
        Book book = books.find(event.nameHigh(), event.nameLow());
        int order = book == null ? Slab.NONE : find(book, event);
        if (book != null && order != Slab.NONE) {
            matcher.cancel(book, order);
        }
    }

    /** The queue place is kept only if the price stays and no more is asked for than is open. */
    void replace(ExchangeEvent event) {
        Book book = books.find(event.nameHigh(), event.nameLow());
        if (book == null) {
            announcer.rejected(event, UNKNOWN_SYMBOL);
            return;
        }
        int order = find(book, event);
        RejectReason reason = reasonAgainst(book, order, event);
        if (reason == null) {
            change(book, order, event.price(), event.quantity());
        } else {
            announcer.rejected(event, reason);
        }
    }

    private @Nullable RejectReason reasonAgainst(Book book, int order, ExchangeEvent event) {
        if (order == Slab.NONE) {
            boolean known = ledger.accounts().find(event.account()) != Accounts.UNKNOWN;
            return known ? UNKNOWN_ORDER : UNKNOWN_ACCOUNT;
        }
        Side side = orders.side(order);
        if (book.side(side.opposite()).isReachedBy(event.price())) {
            return PRICE_WOULD_CROSS;
        }
        long freed = reserve(order);
        long available = ledger.available(orders.account(order), book.paidBy(side)) + freed;
        if (!Reserve.isCovered(Reserve.of(side, event.price(), event.quantity()), available)) {
            return INSUFFICIENT_BALANCE;
        }
        return isLevelInRange(book, order, event) ? null : AMOUNT_OUT_OF_RANGE;
    }

    private boolean isLevelInRange(Book book, int order, ExchangeEvent event) {
        int level = book.side(orders.side(order)).find(event.price());
        if (level == Slab.NONE) {
            return true;
        }
        long own = orders.price(order) == event.price() ? orders.open(order) : 0;
        return Amounts.isSumInRange(books.levels().quantity(level) - own, event.quantity());
    }

    private void change(Book book, int order, long price, long quantity) {
        announcer.replaced(book, order, price, quantity);
        Side side = orders.side(order);
        int account = orders.account(order);
        ledger.release(account, book.paidBy(side), reserve(order));
        ledger.reserve(account, book.paidBy(side), Reserve.of(side, price, quantity));
        if (price == orders.price(order) && quantity <= orders.open(order)) {
            books.reduce(order, quantity);
        } else {
            books.dequeue(order);
            books.enqueue(order, price, quantity);
        }
    }

    private long reserve(int order) {
        return Reserve.of(orders.side(order), orders.price(order), orders.open(order));
    }

    /** The account's order of this id, if it rests in this book. */
    private int find(Book book, ExchangeEvent event) {
        int order = orders.find(event.account(), event.orderId());
        boolean here = order != Slab.NONE && orders.book(order) == book.instrument().index();
        return here ? order : Slab.NONE;
    }
}
