package io.melin.sample.exchange.engine;

import io.melin.app.SnapshotReader;
import io.melin.app.SnapshotWriter;
import io.melin.integrity.Invariant;
import io.melin.sample.exchange.book.Book;
import io.melin.sample.exchange.book.BookSide;
import io.melin.sample.exchange.book.Books;
import io.melin.sample.exchange.book.Levels;
import io.melin.sample.exchange.book.Orders;
import io.melin.sample.exchange.domain.Side;
import io.melin.sample.exchange.ledger.Ledger;
import io.melin.sample.exchange.table.Slab;
import java.io.IOException;

/**
 * The state as a stream: currencies, accounts and instruments in the order in which they became
 * known, balances by account and currency, books from the best level down, queues from the oldest.
 *
 * <p>F1: reading what was written gives a state that writes the same bytes and has the same digest.
 *
 * <p>Bytes: {@code count, (high, low)*} currencies; {@code count, id*} accounts; {@code count,
 * (account, currency, available, reserved)*} balances; next priority; {@code count, instrument*}
 * where an instrument is {@code high, low, base, quote, lastTradePrice, bids, asks}; a side is
 * {@code count, (account, orderId, price, open, priority)*}. All are longs, but counts and indices
 * are ints.
 */
final class SnapshotFormat {
    private final Ledger ledger;
    private final Books books;

    SnapshotFormat(ExchangeState state) {
        ledger = state.ledger();
        books = state.books();
    }

    void write(SnapshotWriter out) throws IOException {
        out.writeInt(ledger.currencies().count());
        for (int currency = 0; currency < ledger.currencies().count(); currency++) {
            out.writeLong(ledger.currencies().high(currency));
            out.writeLong(ledger.currencies().low(currency));
        }
        out.writeInt(ledger.accounts().count());
        for (int account = 0; account < ledger.accounts().count(); account++) {
            out.writeLong(ledger.accounts().id(account));
        }
        writeBalances(out);
        out.writeLong(books.nextPriority());
        out.writeInt(books.count());
        for (int index = 0; index < books.count(); index++) {
            writeBook(books.book(index), out);
        }
    }

    void read(SnapshotReader in) throws IOException {
        Invariant.checkEqual(ledger.accounts().count(), 0, "restore: accounts already known");
        int currencies = in.readInt();
        for (int i = 0; i < currencies; i++) {
            ledger.currency(in.readLong(), in.readLong());
        }
        int accounts = in.readInt();
        for (int i = 0; i < accounts; i++) {
            ledger.open(in.readLong());
        }
        int balances = in.readInt();
        for (int i = 0; i < balances; i++) {
            ledger.restore(in.readInt(), in.readInt(), in.readLong(), in.readLong());
        }
        books.nextPriority(in.readLong());
        int instruments = in.readInt();
        for (int i = 0; i < instruments; i++) {
            readBook(in);
        }
    }

    private void writeBalances(SnapshotWriter out) throws IOException {
        long[] rows = ledger.sortedRows();
        out.writeInt(rows.length);
        for (long row : rows) {
            int account = (int) (row >>> 32);
            int currency = (int) row;
            out.writeInt(account);
            out.writeInt(currency);
            out.writeLong(ledger.available(account, currency));
            out.writeLong(ledger.reserved(account, currency));
        }
    }

    private void writeBook(Book book, SnapshotWriter out) throws IOException {
        Book.Instrument instrument = book.instrument();
        out.writeLong(instrument.symbolHigh());
        out.writeLong(instrument.symbolLow());
        out.writeInt(instrument.base());
        out.writeInt(instrument.quote());
        out.writeLong(book.lastTradePrice());
        writeSide(book.side(Side.BUY), out);
        writeSide(book.side(Side.SELL), out);
    }

    private void writeSide(BookSide side, SnapshotWriter out) throws IOException {
        Orders orders = books.orders();
        Levels levels = books.levels();
        int count = 0;
        for (int depth = 0; depth < side.count(); depth++) {
            count += levels.count(side.level(depth));
        }
        out.writeInt(count);
        for (int depth = 0; depth < side.count(); depth++) {
            int order = levels.head(side.level(depth));
            for (; order != Slab.NONE; order = orders.next(order)) {
                out.writeInt(orders.account(order));
                out.writeLong(orders.orderId(order));
                out.writeLong(orders.price(order));
                out.writeLong(orders.open(order));
                out.writeLong(orders.priority(order));
            }
        }
    }

    private void readBook(SnapshotReader in) throws IOException {
        long high = in.readLong();
        long low = in.readLong();
        Book book = books.add(high, low, in.readInt(), in.readInt());
        books.lastTradePrice(book, in.readLong());
        readSide(book, Side.BUY, in);
        readSide(book, Side.SELL, in);
    }

    private void readSide(Book book, Side side, SnapshotReader in) throws IOException {
        int count = in.readInt();
        for (int i = 0; i < count; i++) {
            int account = in.readInt();
            int order = books.open(book, side, account, in.readLong());
            books.enqueue(order, in.readLong(), in.readLong(), in.readLong());
            ledger.accounts().changeOpenOrders(account, 1);
        }
    }
}
