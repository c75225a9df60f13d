package io.melin.sample.exchange.engine;

import static io.melin.sample.exchange.domain.RejectReason.AMOUNT_OUT_OF_RANGE;
import static io.melin.sample.exchange.domain.RejectReason.DUPLICATE_ORDER_ID;
import static io.melin.sample.exchange.domain.RejectReason.EXCEEDS_MAX_OPEN_ORDERS;
import static io.melin.sample.exchange.domain.RejectReason.FOK_CANNOT_FILL;
import static io.melin.sample.exchange.domain.RejectReason.INSUFFICIENT_BALANCE;
import static io.melin.sample.exchange.domain.RejectReason.NO_LIQUIDITY;
import static io.melin.sample.exchange.domain.RejectReason.POST_ONLY_WOULD_CROSS;
import static io.melin.sample.exchange.domain.RejectReason.UNKNOWN_ACCOUNT;
import static io.melin.sample.exchange.domain.RejectReason.UNKNOWN_SYMBOL;

import io.melin.sample.exchange.book.Book;
import io.melin.sample.exchange.book.BookSide;
import io.melin.sample.exchange.book.Books;
import io.melin.sample.exchange.domain.Amounts;
import io.melin.sample.exchange.domain.RejectReason;
import io.melin.sample.exchange.domain.Side;
import io.melin.sample.exchange.domain.TimeInForce;
import io.melin.sample.exchange.ledger.Accounts;
import io.melin.sample.exchange.ledger.Ledger;
import io.melin.sample.exchange.table.Slab;
import io.melin.sample.exchange.wire.ExchangeEvent;
import org.jspecify.annotations.Nullable;

/**
 * Enters an order: every check first, in the documented order, then the trades, then the rest.
 *
 * <p>N1: a rejected order has changed nothing. N2: the sum of a level stays in range. A rest whose
 * order has traded needs no check for that: its price was inside the other side, so by B1 its own
 * side has no such level.
 */
final class OrderEntry {
    private final Ledger ledger;
    private final Books books;
    private final Announcer announcer;
    private final Matcher matcher;
    private final Probe probe;
    private final int openOrdersMax;
    private final Taker taker = new Taker();

    /**
     * @param openOrdersMax live orders an account may have, 0 for no limit
     */
    OrderEntry(ExchangeState state, Announcer announcer, Matcher matcher, int openOrdersMax) {
        ledger = state.ledger();
        books = state.books();
        probe = new Probe(state);
        this.announcer = announcer;
        this.matcher = matcher;
        this.openOrdersMax = openOrdersMax;
    }

    void submit(ExchangeEvent event) {
        Book book = books.find(event.nameHigh(), event.nameLow());
        if (book == null) {
            announcer.rejected(event, UNKNOWN_SYMBOL);
            return;
        }
        taker.read(event, ledger.accounts().find(event.account()));
        RejectReason reason = reasonAgainst(taker);
        if (reason == null) {
            reason = reasonAgainst(book, taker);
        }
        if (reason == null) {
            execute(book, taker);
        } else {
            announcer.rejected(event, reason);
        }
    }

    /** What stands against the order whatever the book looks like. */
    private @Nullable RejectReason reasonAgainst(Taker taker) {
        int account = taker.account();
        if (account == Accounts.UNKNOWN) {
            return UNKNOWN_ACCOUNT;
        }
        if (books.orders().find(taker.accountId(), taker.orderId()) != Slab.NONE) {
            return DUPLICATE_ORDER_ID;
        }
        boolean full = openOrdersMax > 0 && ledger.accounts().openOrders(account) >= openOrdersMax;
        return full ? EXCEEDS_MAX_OPEN_ORDERS : null;
    }

    private @Nullable RejectReason reasonAgainst(Book book, Taker taker) {
        if (!isPaidFor(book, taker)) {
            return INSUFFICIENT_BALANCE;
        }
        BookSide makers = book.side(taker.side().opposite());
        if (taker.isPostOnly() && makers.isReachedBy(taker.limit())) {
            return POST_ONLY_WOULD_CROSS;
        }
        boolean tight = !fitsOneBalance(book);
        boolean whole = taker.timeInForce() == TimeInForce.FOK;
        if (whole || tight) {
            probe.walk(book, taker);
        }
        if (whole && probe.tradable() < taker.open()) {
            return FOK_CANNOT_FILL;
        }
        if (taker.isMarket() && makers.isEmpty()) {
            return NO_LIQUIDITY;
        }
        return tight && !probe.isInRange() || !isLevelInRange(book, taker)
                ? AMOUNT_OUT_OF_RANGE
                : null;
    }

    /** A market buy is paid for by whatever quote there is, and spends no more than that. */
    private boolean isPaidFor(Book book, Taker taker) {
        long available = ledger.available(taker.account(), book.paidBy(taker.side()));
        if (taker.isMarket() && taker.side() == Side.BUY) {
            taker.budget(available);
            return available > 0;
        }
        return Reserve.isCovered(Reserve.of(taker.side(), taker.price(), taker.open()), available);
    }

    private boolean fitsOneBalance(Book book) {
        return ledger.currencies().fitsOneBalance(book.instrument().base())
                && ledger.currencies().fitsOneBalance(book.instrument().quote());
    }

    private boolean isLevelInRange(Book book, Taker taker) {
        if (taker.timeInForce() != TimeInForce.GTC) {
            return true;
        }
        int level = book.side(taker.side()).find(taker.price());
        return level == Slab.NONE
                || Amounts.isSumInRange(books.levels().quantity(level), taker.open());
    }

    private void execute(Book book, Taker taker) {
        boolean prevented = matcher.match(book, taker);
        if (taker.open() == 0) {
            return;
        }
        if (prevented || taker.timeInForce() != TimeInForce.GTC) {
            announcer.cancelled(book, taker);
            return;
        }
        announcer.placed(book, taker);
        ledger.reserve(
                taker.account(),
                book.paidBy(taker.side()),
                Reserve.of(taker.side(), taker.price(), taker.open()));
        int order = books.open(book, taker.side(), taker.account(), taker.orderId());
        books.enqueue(order, taker.price(), taker.open());
        ledger.accounts().changeOpenOrders(taker.account(), 1);
    }
}
