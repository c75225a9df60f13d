package io.melin.sample.exchange.engine;

import io.melin.app.Application;
import io.melin.app.EventContext;
import io.melin.app.Reports;
import io.melin.app.SnapshotReader;
import io.melin.app.SnapshotWriter;
import io.melin.integrity.Invariant;
import io.melin.sample.exchange.domain.Name;
import io.melin.sample.exchange.wire.ExchangeEvent;
import io.melin.sample.exchange.wire.ExchangeReport;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A small exchange: one single-threaded state, changed by one event after the other.
 *
 * <p>A business reject is a report, never an {@code EventRejected}: the client asked something
 * sensible and gets an ordered answer. Time and identity of an event play no part yet, so the state
 * is a function of the events alone. In steady state {@link #apply} allocates nothing.
 *
 * <p>Threading: one thread, that of the node.
 */
public final class ExchangeApplication implements Application<ExchangeEvent, ExchangeReport> {

    /** Live orders an account may have unless the constructor says otherwise. */
    public static final int OPEN_ORDERS_MAX = 10_000;

    private static final int VERSION = 1;

    private final int openOrdersMax;
    private final ExchangeState state = ExchangeState.empty();
    private final Announcer announcer = new Announcer(state);
    private final OrderEntry entry;
    private final OrderChange change;
    private final Registry registry;
    private final Views views = new Views(state);

    public ExchangeApplication() {
        this(OPEN_ORDERS_MAX);
    }

    /**
     * @param openOrdersMax live orders an account may have, 0 for no limit; must be the same on
     *     every node and for the life of a journal
     */
    public ExchangeApplication(int openOrdersMax) {
        this.openOrdersMax = openOrdersMax;
        Matcher matcher = new Matcher(state, announcer);
        entry = new OrderEntry(state, announcer, matcher, openOrdersMax);
        change = new OrderChange(state, announcer, matcher);
        registry = new Registry(state, announcer);
    }

    @Override
    public void apply(ExchangeEvent event, EventContext context, Reports<ExchangeReport> reports) {
        announcer.begin(reports);
        switch (event.kind()) {
            case SUBMIT -> entry.submit(event);
            case CANCEL -> change.cancel(event);
            case CANCEL_REPLACE -> change.replace(event);
            case ADD_INSTRUMENT -> registry.addInstrument(event);
            case DEPOSIT -> registry.deposit(event);
            case WITHDRAW -> registry.withdraw(event);
        }
        announcer.end();
    }

    @Override
    public ExchangeApplication fresh() {
        return new ExchangeApplication(openOrdersMax);
    }

    @Override
    public void snapshot(SnapshotWriter out) throws IOException {
        new SnapshotFormat(state).write(out);
    }

    @Override
    public void restore(SnapshotReader in, int version) throws IOException {
        Invariant.checkEqual(version, VERSION, "exchange snapshot version");
        new SnapshotFormat(state).read(in);
    }

    @Override
    public int version() {
        return VERSION;
    }

    @Override
    public long digest() {
        return state.digest().value(state.books().nextPriority());
    }

    /** A copy of a book's best levels, or null for an unknown symbol. For queries. */
    public @Nullable BookView book(Name symbol, int depth) {
        return views.book(symbol, depth);
    }

    /** A copy of an account's balances, or null for an account without a first deposit. */
    public @Nullable AccountView account(long account) {
        return views.account(account);
    }

    ExchangeState state() {
        return state;
    }
}
