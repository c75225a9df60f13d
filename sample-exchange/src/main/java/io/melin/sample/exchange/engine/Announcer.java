package io.melin.sample.exchange.engine;

import io.melin.app.Reports;
import io.melin.sample.exchange.book.Book;
import io.melin.sample.exchange.book.Orders;
import io.melin.sample.exchange.domain.RejectReason;
import io.melin.sample.exchange.wire.ExchangeEvent;
import io.melin.sample.exchange.wire.ExchangeReport;
import io.melin.sample.exchange.wire.ReportKind;
import io.melin.sample.exchange.wire.ReportWriter;

/** Says what happened, in the order in which it happened, through one reused report. One thread. */
final class Announcer {
    private static final Reports<ExchangeReport> NOWHERE =
            report -> {
                throw new IllegalStateException("announcer: no event is being applied");
            };

    private final ReportWriter writer = new ReportWriter();
    private final Orders orders;
    private Reports<ExchangeReport> reports = NOWHERE;

    Announcer(ExchangeState state) {
        orders = state.books().orders();
    }

    /** Where the reports of the event that comes next go. */
    void begin(Reports<ExchangeReport> reports) {
        this.reports = reports;
    }

    void end() {
        reports = NOWHERE;
    }

    /** The taker's rest stands in the book. */
    void placed(Book book, Taker taker) {
        start(ReportKind.PLACED, book)
                .order(taker.accountId(), taker.orderId())
                .side(taker.side())
                .price(taker.price())
                .quantity(taker.open());
        send();
    }

    /** A trade with a resting order, announced before that order changes. Fees are not built: 0. */
    void fill(Book book, Taker taker, int maker, long quantity) {
        start(ReportKind.FILL, book)
                .order(taker.accountId(), taker.orderId())
                .side(taker.side())
                .maker(orders.accountId(maker), orders.orderId(maker))
                .price(orders.price(maker))
                .quantity(quantity);
        send();
    }

    /** A resting order is about to go. */
    void cancelled(Book book, int order) {
        start(ReportKind.CANCELLED, book)
                .order(orders.accountId(order), orders.orderId(order))
                .quantity(orders.open(order));
        send();
    }

    /** The taker's rest will not stand in the book. */
    void cancelled(Book book, Taker taker) {
        start(ReportKind.CANCELLED, book)
                .order(taker.accountId(), taker.orderId())
                .quantity(taker.open());
        send();
    }

    /** A resting order is about to get new terms. */
    void replaced(Book book, int order, long price, long quantity) {
        start(ReportKind.REPLACED, book)
                .order(orders.accountId(order), orders.orderId(order))
                .side(orders.side(order))
                .old(orders.price(order), orders.open(order))
                .price(price)
                .quantity(quantity);
        send();
    }

    /** The event changed nothing. */
    void rejected(ExchangeEvent event, RejectReason reason) {
        writer.start(ReportKind.REJECTED, event.nameHigh(), event.nameLow())
                .rejected(event.kind(), reason);
        switch (event.kind()) {
            case SUBMIT, CANCEL, CANCEL_REPLACE -> writer.order(event.account(), event.orderId());
            case DEPOSIT, WITHDRAW -> writer.order(event.account(), 0);
            case ADD_INSTRUMENT -> {}
        }
        send();
    }

    private ReportWriter start(ReportKind kind, Book book) {
        Book.Instrument instrument = book.instrument();
        return writer.start(kind, instrument.symbolHigh(), instrument.symbolLow());
    }

    private void send() {
        reports.add(writer.report());
    }
}
