package io.melin.sample.exchange.book;

import io.melin.integrity.Invariant;
import io.melin.sample.exchange.domain.Side;
import io.melin.sample.exchange.ledger.Accounts;
import io.melin.sample.exchange.table.Mix;
import io.melin.sample.exchange.table.PairTable;
import io.melin.sample.exchange.table.StateDigest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All books, and the only way to change one: rest, reduce, remove, trade.
 *
 * <p>Money is not its business: whoever changes an order moves the reserve. Threading: one thread.
 */
public final class Books {
    private static final long ORDER_FACT = 0x44;

    private final PairTable bySymbol = new PairTable(256);
    private final List<Book> books = new ArrayList<>();
    private final Orders orders;
    private final Levels levels;
    private final StateDigest digest;
    private long nextPriority = 1;

    /**
     * @param accounts who the orders' owners are
     */
    public Books(Accounts accounts, StateDigest digest) {
        orders = new Orders(accounts);
        levels = new Levels(orders);
        this.digest = digest;
    }

    public Orders orders() {
        return orders;
    }

    public Levels levels() {
        return levels;
    }

    public int count() {
        return books.size();
    }

    public Book book(int index) {
        return books.get(index);
    }

    public @Nullable Book find(long symbolHigh, long symbolLow) {
        int index = bySymbol.get(symbolHigh, symbolLow);
        return index == PairTable.ABSENT ? null : books.get(index);
    }

    /** Adds an instrument whose symbol is not taken. Allocates. */
    public Book add(long symbolHigh, long symbolLow, int base, int quote) {
        Book.Instrument instrument =
                new Book.Instrument(books.size(), symbolHigh, symbolLow, base, quote);
        Book book = new Book(instrument, levels);
        bySymbol.put(symbolHigh, symbolLow, instrument.index());
        books.add(book);
        digest.add(book.fact());
        return book;
    }

    /** Priority of the next order that joins a queue. */
    public long nextPriority() {
        return nextPriority;
    }

    /** Puts the counter of a snapshot back. */
    public void nextPriority(long priority) {
        nextPriority = priority;
    }

    public void lastTradePrice(Book book, long price) {
        digest.remove(book.fact());
        book.lastTradePrice(price);
        digest.add(book.fact());
    }

    /** A new order, in no queue yet. */
    public int open(Book book, Side side, int account, long orderId) {
        return orders.add(account, orderId, book.instrument().index(), side);
    }

    /** Queues an order that is in no level, as the last of its price. */
    public void enqueue(int order, long price, long open) {
        enqueue(order, price, open, nextPriority++);
    }

    /** Queues an order with the priority that it had. */
    public void enqueue(int order, long price, long open, long priority) {
        orders.queue(order, price, open, priority);
        levels.append(sideOf(order).findOrAdd(price), order);
        addFact(order);
    }

    /** Takes an order out of its queue; it is enqueued again or forgotten next. */
    public void dequeue(int order) {
        digest.remove(orders.fact(order));
        int level = orders.level(order);
        levels.unlink(level, order);
        if (levels.count(level) == 0) {
            sideOf(order).remove(level);
        }
    }

    /** An order that is in no queue ends. */
    public void forget(int order) {
        orders.remove(order);
    }

    /** Lowers what is open, above zero; the place in the queue stays. */
    public void reduce(int order, long open) {
        Invariant.check(open > 0 && open <= orders.open(order), "reduce: not a smaller quantity");
        digest.remove(orders.fact(order));
        levels.change(orders.level(order), open - orders.open(order), 0);
        orders.open(order, open);
        addFact(order);
    }

    private BookSide sideOf(int order) {
        return books.get(orders.book(order)).side(orders.side(order));
    }

    private void addFact(int order) {
        long fact = fact(order);
        orders.fact(order, fact);
        digest.add(fact);
    }

    private long fact(int order) {
        long place = (long) orders.book(order) << 1 | orders.side(order).code();
        long owner = Mix.of(Mix.of(ORDER_FACT, place), orders.account(order));
        long size = Mix.of(orders.price(order), orders.open(order));
        return Mix.of(Mix.of(owner, orders.orderId(order)), Mix.of(size, orders.priority(order)));
    }
}
