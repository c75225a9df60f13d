package io.melin.sample.exchange.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.melin.sample.exchange.book.Book;
import io.melin.sample.exchange.book.BookSide;
import io.melin.sample.exchange.book.Levels;
import io.melin.sample.exchange.book.Orders;
import io.melin.sample.exchange.domain.Amounts;
import io.melin.sample.exchange.domain.Name;
import io.melin.sample.exchange.domain.Side;
import io.melin.sample.exchange.ledger.Currencies;
import io.melin.sample.exchange.ledger.Ledger;
import io.melin.sample.exchange.table.Slab;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** The invariants of the real state: B1, S1, V1, O1, L1 to L3. */
final class StateChecks {
    private StateChecks() {}

    static void check(ExchangeState state, String at) {
        int resting = 0;
        int[] openOrders = new int[state.ledger().accounts().count()];
        for (int index = 0; index < state.books().count(); index++) {
            Book book = state.books().book(index);
            resting += checkSide(state, book, Side.BUY, openOrders, at);
            resting += checkSide(state, book, Side.SELL, openOrders, at);
            BookSide bids = book.side(Side.BUY);
            BookSide asks = book.side(Side.SELL);
            if (!bids.isEmpty() && !asks.isEmpty()) {
                assertThat(state.books().levels().price(bids.level(0)))
                        .as("B1, %s", at)
                        .isLessThan(state.books().levels().price(asks.level(0)));
            }
        }
        assertThat(state.books().orders().count()).as("O1, %s", at).isEqualTo(resting);
        for (int account = 0; account < openOrders.length; account++) {
            assertThat(state.ledger().accounts().openOrders(account))
                    .as(at)
                    .isEqualTo(openOrders[account]);
        }
        checkLedger(state.ledger(), at);
    }

    private static int checkSide(
            ExchangeState state, Book book, Side side, int[] openOrders, String at) {
        Levels levels = state.books().levels();
        Orders orders = state.books().orders();
        BookSide levelsOfSide = book.side(side);
        int resting = 0;
        for (int depth = 0; depth < levelsOfSide.count(); depth++) {
            int level = levelsOfSide.level(depth);
            if (depth > 0) {
                long better = levels.price(levelsOfSide.level(depth - 1));
                assertThat(side == Side.BUY ? better : levels.price(level))
                        .as("S1, %s", at)
                        .isGreaterThan(side == Side.BUY ? levels.price(level) : better);
            }
            long sum = 0;
            int count = 0;
            long priority = 0;
            for (int order = levels.head(level); order != Slab.NONE; order = orders.next(order)) {
                assertThat(orders.find(orders.accountId(order), orders.orderId(order)))
                        .as("O1, %s", at)
                        .isEqualTo(order);
                assertThat(orders.price(order)).as(at).isEqualTo(levels.price(level));
                assertThat(orders.priority(order)).as(at).isGreaterThan(priority);
                priority = orders.priority(order);
                sum += orders.open(order);
                count++;
                openOrders[orders.account(order)]++;
            }
            assertThat(levels.quantity(level)).as("V1, %s", at).isEqualTo(sum).isPositive();
            assertThat(levels.count(level)).as("V1, %s", at).isEqualTo(count);
            assertThat(sum).as("N2, %s", at).isLessThanOrEqualTo(Amounts.MAX);
            resting += count;
        }
        return resting;
    }

    private static void checkLedger(Ledger ledger, String at) {
        Currencies currencies = ledger.currencies();
        BigInteger[] sums = new BigInteger[currencies.count()];
        Arrays.fill(sums, BigInteger.ZERO);
        for (long row : ledger.sortedRows()) {
            int account = (int) (row >>> 32);
            int currency = (int) row;
            long available = ledger.available(account, currency);
            long reserved = ledger.reserved(account, currency);
            assertThat(available).as("L1, %s", at).isNotNegative();
            assertThat(reserved).as("L1, %s", at).isNotNegative();
            assertThat(available + reserved).as("L1, L2, %s", at).isBetween(1L, Amounts.MAX);
            sums[currency] = sums[currency].add(BigInteger.valueOf(available + reserved));
        }
        for (int currency = 0; currency < sums.length; currency++) {
            BigInteger supply =
                    BigInteger.valueOf(currencies.supplyHigh(currency))
                            .shiftLeft(53)
                            .add(BigInteger.valueOf(currencies.supplyLow(currency)));
            assertThat(sums[currency]).as("L3, %s", at).isEqualTo(supply);
        }
    }

    /** The orders of a side as they would trade. */
    static List<String> queue(ExchangeState state, String symbol, Side side) {
        Name name = Name.of(symbol);
        Book book = Objects.requireNonNull(state.books().find(name.high(), name.low()));
        Orders orders = state.books().orders();
        List<String> queue = new ArrayList<>();
        for (int depth = 0; depth < book.side(side).count(); depth++) {
            int order = state.books().levels().head(book.side(side).level(depth));
            for (; order != Slab.NONE; order = orders.next(order)) {
                long account = orders.accountId(order);
                queue.add(account + "/" + orders.orderId(order) + " " + orders.open(order));
            }
        }
        return queue;
    }
}
