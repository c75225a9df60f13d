package io.melin.sample.exchange.replay;

import io.melin.app.EventContext;
import io.melin.app.Reports;
import io.melin.sample.exchange.domain.Amounts;
import io.melin.sample.exchange.domain.Name;
import io.melin.sample.exchange.domain.OrderType;
import io.melin.sample.exchange.domain.SelfTradePrevention;
import io.melin.sample.exchange.domain.TimeInForce;
import io.melin.sample.exchange.engine.BookView;
import io.melin.sample.exchange.engine.ExchangeApplication;
import io.melin.sample.exchange.wire.ExchangeEvent;
import io.melin.sample.exchange.wire.ExchangeEvent.OrderKey;
import io.melin.sample.exchange.wire.ExchangeEvent.Terms;
import io.melin.sample.exchange.wire.ExchangeReport;
import io.melin.sample.exchange.wire.ReportKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** An exchange in this process, without a journal: the application alone. */
final class InProcessTarget implements ReplayTarget, Reports<ExchangeReport> {
    private static final Name QUOTE = Name.of("USD");
    private static final long OWNER = 1;
    private static final long TAKER = 2;

    private record Place(long sequence, long timeNs, long client) implements EventContext {}

    private final Name symbol;
    private final ExchangeApplication exchange = new ExchangeApplication(0);
    private final List<Trade> trades = new ArrayList<>();
    private long sequence;
    private String rejection = "";

    InProcessTarget(Name symbol) throws ReplayException {
        this.symbol = symbol;
        apply(ExchangeEvent.addInstrument(symbol, symbol, QUOTE));
        for (long account = OWNER; account <= TAKER; account++) {
            apply(ExchangeEvent.deposit(account, symbol, Amounts.MAX / 2));
            apply(ExchangeEvent.deposit(account, QUOTE, Amounts.MAX / 2));
        }
    }

    @Override
    public List<Trade> rest(Order order) throws ReplayException {
        return submit(OWNER, order, TimeInForce.GTC);
    }

    @Override
    public List<Trade> take(Order order) throws ReplayException {
        return submit(TAKER, order, TimeInForce.IOC);
    }

    @Override
    public void reduce(Order order) throws ReplayException {
        apply(
                ExchangeEvent.cancelReplace(
                        new OrderKey(symbol, OWNER, order.orderId()),
                        order.price(),
                        order.quantity()));
    }

    @Override
    public void cancel(long orderId) throws ReplayException {
        apply(ExchangeEvent.cancel(new OrderKey(symbol, OWNER, orderId)));
    }

    @Override
    public LobsterRow book(int depth) {
        BookView book = Objects.requireNonNull(exchange.book(symbol, depth));
        return new LobsterRow(levels(book.bids()), levels(book.asks()));
    }

    @Override
    public void close() {}

    /** The fills are read at once: the report is reused. */
    @Override
    public void add(ExchangeReport report) {
        if (report.kind() == ReportKind.FILL) {
            trades.add(new Trade(report.makerOrderId(), report.price(), report.quantity()));
        } else if (report.kind() == ReportKind.REJECTED) {
            rejection = report.request() + " " + report.reason();
        }
    }

    private List<Trade> submit(long account, Order order, TimeInForce life) throws ReplayException {
        Terms terms =
                new Terms(
                        order.side(),
                        OrderType.LIMIT,
                        life,
                        SelfTradePrevention.ALLOW,
                        order.quantity(),
                        order.price());
        apply(ExchangeEvent.submit(new OrderKey(symbol, account, order.orderId()), terms));
        return List.copyOf(trades);
    }

    private void apply(ExchangeEvent event) throws ReplayException {
        trades.clear();
        rejection = "";
        sequence++;
        exchange.apply(event, new Place(sequence, sequence, 0), this);
        if (!rejection.isEmpty()) {
            throw new ReplayException(
                    "the exchange rejected: what=" + rejection + ", sequence=" + sequence);
        }
    }

    private static List<LobsterRow.Level> levels(List<BookView.Level> levels) {
        return levels.stream()
                .map(level -> new LobsterRow.Level(level.price(), level.quantity()))
                .toList();
    }
}
