package io.melin.sample.exchange.book;

import io.melin.sample.exchange.domain.Side;
import io.melin.sample.exchange.table.Mix;

/**
 * An instrument and its two sides.
 *
 * <p>B1: the best bid is below the best ask. Threading: one thread.
 */
public final class Book {
    private static final long BOOK_FACT = 0x43;

    private final Instrument instrument;
    private final BookSide bids;
    private final BookSide asks;
    private long lastTradePrice;

    /**
     * What is traded against what; fixed for life.
     *
     * @param index place in the order in which instruments were added
     * @param base index of the currency that is bought and sold
     * @param quote index of the currency that is paid with
     */
    public record Instrument(int index, long symbolHigh, long symbolLow, int base, int quote) {}

    Book(Instrument instrument, Levels levels) {
        this.instrument = instrument;
        bids = new BookSide(Side.BUY, levels);
        asks = new BookSide(Side.SELL, levels);
    }

    public Instrument instrument() {
        return instrument;
    }

    public BookSide side(Side side) {
        return side == Side.BUY ? bids : asks;
    }

    /** The currency that an order of this side pays with. */
    public int paidBy(Side side) {
        return side == Side.BUY ? instrument.quote() : instrument.base();
    }

    /** Price of the last fill, 0 before the first. */
    public long lastTradePrice() {
        return lastTradePrice;
    }

    void lastTradePrice(long price) {
        lastTradePrice = price;
    }

    long fact() {
        long symbol = Mix.of(Mix.of(BOOK_FACT, instrument.symbolHigh()), instrument.symbolLow());
        long currencies = Mix.of(instrument.base(), instrument.quote());
        return Mix.of(Mix.of(symbol, currencies), lastTradePrice);
    }
}
