package io.melin.sample.exchange.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.melin.sample.exchange.domain.Amounts;
import io.melin.sample.exchange.domain.Name;
import io.melin.sample.exchange.domain.OrderType;
import io.melin.sample.exchange.domain.SelfTradePrevention;
import io.melin.sample.exchange.domain.Side;
import io.melin.sample.exchange.domain.TimeInForce;
import io.melin.sample.exchange.wire.ExchangeEvent;
import io.melin.sample.exchange.wire.ExchangeEvent.OrderKey;
import io.melin.sample.exchange.wire.ExchangeEvent.Terms;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The rules of the exchange, one by one, as its clients see them. */
class ExchangeApplicationTest {
    private static final Name SYMBOL = Name.of("BTC-USD");
    private static final Name BTC = Name.of("BTC");
    private static final Name USD = Name.of("USD");
    private static final int MAKER = 1;
    private static final int TAKER = 2;

    private final Harness exchange = Harness.create();

    @BeforeEach
    void openTheMarket() {
        exchange.apply(ExchangeEvent.addInstrument(SYMBOL, BTC, USD));
        for (int account : List.of(MAKER, TAKER)) {
            exchange.apply(ExchangeEvent.deposit(account, BTC, 1_000));
            exchange.apply(ExchangeEvent.deposit(account, USD, 100_000));
        }
    }

    @Test
    void tradesAtTheMakersPriceAndReleasesTheImprovement() {
        limit(MAKER, 1, Side.SELL, 5, 100);

        assertThat(limit(TAKER, 9, Side.BUY, 8, 110))
                .containsExactly(
                        "FILL 2/9 BUY 5@100 maker 1/1 BTC-USD", "PLACED 2/9 BUY 3@110 BTC-USD");
        assertThat(balance(TAKER, USD)).isEqualTo("99170+330");
        assertThat(balance(TAKER, BTC)).isEqualTo("1005+0");
        assertThat(balance(MAKER, USD)).isEqualTo("100500+0");
        assertThat(balance(MAKER, BTC)).isEqualTo("995+0");
    }

    @Test
    void tradesTheBestPriceFirstAndTheOldestFirstWithinAPrice() {
        limit(MAKER, 1, Side.SELL, 5, 101);
        limit(MAKER, 2, Side.SELL, 5, 100);
        limit(MAKER, 3, Side.SELL, 5, 100);

        assertThat(market(TAKER, 9, Side.BUY, 12))
                .containsExactly(
                        "FILL 2/9 BUY 5@100 maker 1/2 BTC-USD",
                        "FILL 2/9 BUY 5@100 maker 1/3 BTC-USD",
                        "FILL 2/9 BUY 2@101 maker 1/1 BTC-USD");
    }

    @Test
    void cancelsTheRestOfAnImmediateOrder() {
        limit(MAKER, 1, Side.SELL, 5, 100);

        assertThat(order(TAKER, 9, Side.BUY, TimeInForce.IOC, 8, 100))
                .containsExactly("FILL 2/9 BUY 5@100 maker 1/1 BTC-USD", "CANCELLED 2/9 3 BTC-USD");
        assertThat(balance(TAKER, USD)).isEqualTo("99500+0");
    }

    @Test
    void cancelsAnImmediateLimitOrderInAnEmptyBook() {
        assertThat(order(TAKER, 9, Side.BUY, TimeInForce.IOC, 8, 100))
                .containsExactly("CANCELLED 2/9 8 BTC-USD");
    }

    @Test
    void fillsOrKillsAsAWhole() {
        limit(MAKER, 1, Side.SELL, 5, 100);

        assertThat(order(TAKER, 9, Side.BUY, TimeInForce.FOK, 6, 100))
                .containsExactly("REJECTED 2/9 SUBMIT FOK_CANNOT_FILL BTC-USD");
        assertThat(order(TAKER, 9, Side.BUY, TimeInForce.FOK, 5, 100))
                .containsExactly("FILL 2/9 BUY 5@100 maker 1/1 BTC-USD");
    }

    /** M1 of Matcher, for a market buy. */
    @Test
    void spendsNoMoreThanTheBudgetOfAMarketBuy() {
        limit(MAKER, 1, Side.SELL, 10, 30_000);

        assertThat(market(TAKER, 9, Side.BUY, 10))
                .containsExactly(
                        "FILL 2/9 BUY 3@30000 maker 1/1 BTC-USD", "CANCELLED 2/9 7 BTC-USD");
        assertThat(balance(TAKER, USD)).isEqualTo("10000+0");
    }

    /** M2 of Matcher: the own order goes, though nobody could have paid for it. */
    @Test
    void preventsSelfTradesBeforeItLooksAtTheBudget() {
        limit(TAKER, 1, Side.SELL, 5, 200_000);
        Terms terms =
                new Terms(
                        Side.BUY,
                        OrderType.MARKET,
                        TimeInForce.IOC,
                        SelfTradePrevention.CANCEL_OLDEST,
                        1,
                        0);

        assertThat(exchange.apply(ExchangeEvent.submit(new OrderKey(SYMBOL, TAKER, 9), terms)))
                .containsExactly("CANCELLED 2/1 5 BTC-USD", "CANCELLED 2/9 1 BTC-USD");
    }

    @Test
    void rejectsAMarketOrderWithoutAnotherSide() {
        assertThat(market(TAKER, 9, Side.BUY, 1))
                .containsExactly("REJECTED 2/9 SUBMIT NO_LIQUIDITY BTC-USD");
    }

    @Test
    void rejectsAPostOnlyOrderThatWouldTrade() {
        limit(TAKER, 1, Side.SELL, 5, 100);

        assertThat(postOnly(TAKER, 9, Side.BUY, 1, 100))
                .containsExactly("REJECTED 2/9 SUBMIT POST_ONLY_WOULD_CROSS BTC-USD");
        assertThat(postOnly(TAKER, 9, Side.BUY, 1, 99))
                .containsExactly("PLACED 2/9 BUY 1@99 BTC-USD");
    }

    /** The first reason in the documented order wins. */
    @Test
    void checksInOrder() {
        limit(MAKER, 1, Side.BUY, 5, 100);

        assertThat(
                        exchange.apply(
                                ExchangeEvent.submit(
                                        new OrderKey(Name.of("X"), 77, 1),
                                        terms(Side.BUY, TimeInForce.GTC, 1, 1))))
                .containsExactly("REJECTED 77/1 SUBMIT UNKNOWN_SYMBOL X");
        assertThat(limit(MAKER, 1, Side.BUY, Amounts.MAX, 100))
                .containsExactly("REJECTED 1/1 SUBMIT DUPLICATE_ORDER_ID BTC-USD");
        assertThat(limit(77, 1, Side.BUY, 1, 100))
                .containsExactly("REJECTED 77/1 SUBMIT UNKNOWN_ACCOUNT BTC-USD");
        assertThat(order(TAKER, 9, Side.SELL, TimeInForce.FOK, 1_001, 100))
                .containsExactly("REJECTED 2/9 SUBMIT INSUFFICIENT_BALANCE BTC-USD");
    }

    @Test
    void countsAProductThatOverflowsAsNotCovered() {
        assertThat(limit(TAKER, 9, Side.BUY, Amounts.MAX, Amounts.MAX))
                .containsExactly("REJECTED 2/9 SUBMIT INSUFFICIENT_BALANCE BTC-USD");
        assertThat(limit(TAKER, 9, Side.BUY, 1L << 32, 1L << 32))
                .containsExactly("REJECTED 2/9 SUBMIT INSUFFICIENT_BALANCE BTC-USD");
    }

    @Test
    void lendsAnOrderIdAgainOnceItIsFree() {
        limit(MAKER, 1, Side.BUY, 5, 100);
        cancel(MAKER, 1);

        assertThat(limit(MAKER, 1, Side.BUY, 5, 100))
                .containsExactly("PLACED 1/1 BUY 5@100 BTC-USD");
        assertThat(limit(TAKER, 1, Side.BUY, 5, 100))
                .containsExactly("PLACED 2/1 BUY 5@100 BTC-USD");
    }

    @ParameterizedTest
    @EnumSource(SelfTradePrevention.class)
    void preventsSelfTradesAsTheTakerAsks(SelfTradePrevention prevention) {
        limit(TAKER, 1, Side.SELL, 5, 100);
        limit(MAKER, 2, Side.SELL, 5, 100);
        Terms terms = new Terms(Side.BUY, OrderType.LIMIT, TimeInForce.IOC, prevention, 8, 100);

        List<String> reports =
                exchange.apply(ExchangeEvent.submit(new OrderKey(SYMBOL, TAKER, 9), terms));

        List<String> expected =
                switch (prevention) {
                    case ALLOW ->
                            List.of(
                                    "FILL 2/9 BUY 5@100 maker 2/1 BTC-USD",
                                    "FILL 2/9 BUY 3@100 maker 1/2 BTC-USD");
                    case CANCEL_NEWEST -> List.of("CANCELLED 2/9 8 BTC-USD");
                    case CANCEL_OLDEST ->
                            List.of(
                                    "CANCELLED 2/1 5 BTC-USD",
                                    "FILL 2/9 BUY 5@100 maker 1/2 BTC-USD",
                                    "CANCELLED 2/9 3 BTC-USD");
                    case CANCEL_BOTH ->
                            List.of("CANCELLED 2/1 5 BTC-USD", "CANCELLED 2/9 8 BTC-USD");
                };
        assertThat(reports).isEqualTo(expected);
    }

    @Test
    void reportsNothingForACancelOfNothing() {
        assertThat(cancel(MAKER, 1)).isEmpty();
        assertThat(cancel(77, 1)).isEmpty();
    }

    @Test
    void keepsThePlaceInTheQueueOnlyWhenNoMoreIsAskedFor() {
        limit(MAKER, 1, Side.SELL, 5, 100);
        limit(MAKER, 2, Side.SELL, 5, 100);

        assertThat(replace(MAKER, 1, 100, 4))
                .containsExactly("REPLACED 1/1 SELL 4@100 from 5@100 BTC-USD");
        assertThat(market(TAKER, 8, Side.BUY, 1))
                .containsExactly("FILL 2/8 BUY 1@100 maker 1/1 BTC-USD");
        assertThat(replace(MAKER, 1, 100, 4))
                .containsExactly("REPLACED 1/1 SELL 4@100 from 3@100 BTC-USD");
        assertThat(market(TAKER, 9, Side.BUY, 1))
                .containsExactly("FILL 2/9 BUY 1@100 maker 1/2 BTC-USD");
    }

    @Test
    void rejectsAReplacementThatWouldCrossEvenTheOwnSide() {
        limit(MAKER, 1, Side.BUY, 5, 90);
        limit(MAKER, 2, Side.SELL, 5, 100);

        assertThat(replace(MAKER, 1, 100, 5))
                .containsExactly("REJECTED 1/1 CANCEL_REPLACE PRICE_WOULD_CROSS BTC-USD");
        assertThat(replace(MAKER, 1, 99, 5_000))
                .containsExactly("REJECTED 1/1 CANCEL_REPLACE INSUFFICIENT_BALANCE BTC-USD");
        assertThat(replace(MAKER, 3, 99, 5))
                .containsExactly("REJECTED 1/3 CANCEL_REPLACE UNKNOWN_ORDER BTC-USD");
        assertThat(replace(77, 3, 99, 5))
                .containsExactly("REJECTED 77/3 CANCEL_REPLACE UNKNOWN_ACCOUNT BTC-USD");
    }

    @Test
    void reservesTheDifferenceOfAReplacement() {
        limit(MAKER, 1, Side.BUY, 5, 90);

        replace(MAKER, 1, 80, 10);

        assertThat(balance(MAKER, USD)).isEqualTo("99200+800");
    }

    @Test
    void rejectsATradeThatWouldPushABalanceOutOfRange() {
        exchange.apply(ExchangeEvent.deposit(MAKER, USD, Amounts.MAX - 100_000 - 499));
        limit(MAKER, 1, Side.SELL, 5, 100);

        assertThat(limit(TAKER, 9, Side.BUY, 5, 100))
                .containsExactly("REJECTED 2/9 SUBMIT AMOUNT_OUT_OF_RANGE BTC-USD");
        assertThat(limit(TAKER, 9, Side.BUY, 4, 100))
                .containsExactly("FILL 2/9 BUY 4@100 maker 1/1 BTC-USD");
    }

    /** N2 of OrderEntry. */
    @Test
    void rejectsALevelOutOfRange() {
        exchange.apply(ExchangeEvent.deposit(TAKER, BTC, Amounts.MAX - 1_000));
        limit(TAKER, 1, Side.SELL, Amounts.MAX, 100);

        assertThat(limit(MAKER, 1, Side.SELL, 1, 100))
                .containsExactly("REJECTED 1/1 SUBMIT AMOUNT_OUT_OF_RANGE BTC-USD");
        assertThat(limit(MAKER, 1, Side.SELL, 1, 101)).hasSize(1);
        assertThat(replace(MAKER, 1, 100, 1))
                .containsExactly("REJECTED 1/1 CANCEL_REPLACE AMOUNT_OUT_OF_RANGE BTC-USD");
    }

    @Test
    void limitsTheLiveOrdersOfAnAccount() {
        Harness small = new Harness(new ExchangeApplication(1));
        small.apply(ExchangeEvent.addInstrument(SYMBOL, BTC, USD));
        small.apply(ExchangeEvent.deposit(1, USD, 100));
        Terms terms = terms(Side.BUY, TimeInForce.GTC, 1, 1);
        small.apply(ExchangeEvent.submit(new OrderKey(SYMBOL, 1, 1), terms));

        assertThat(small.apply(ExchangeEvent.submit(new OrderKey(SYMBOL, 1, 2), terms)))
                .containsExactly("REJECTED 1/2 SUBMIT EXCEEDS_MAX_OPEN_ORDERS BTC-USD");
    }

    @Test
    void showsTheBookFromTheBestLevelDown() {
        limit(MAKER, 1, Side.BUY, 1, 90);
        limit(MAKER, 2, Side.BUY, 2, 95);
        limit(TAKER, 3, Side.BUY, 4, 95);

        BookView book = book(5);

        assertThat(book.bids())
                .containsExactly(new BookView.Level(95, 6, 2), new BookView.Level(90, 1, 1));
        assertThat(book.asks()).isEmpty();
        assertThat(book.lastTradePrice()).isNull();
        assertThat(book(1).bids()).hasSize(1);
        assertThat(exchange.application().book(BTC, 1)).isNull();
    }

    private List<String> limit(long account, long orderId, Side side, long quantity, long price) {
        return order(account, orderId, side, TimeInForce.GTC, quantity, price);
    }

    private List<String> order(
            long account, long orderId, Side side, TimeInForce life, long quantity, long price) {
        return exchange.apply(
                ExchangeEvent.submit(key(account, orderId), terms(side, life, quantity, price)));
    }

    private List<String> market(long account, long orderId, Side side, long quantity) {
        return submit(account, orderId, OrderType.MARKET, side, quantity, 0);
    }

    private List<String> postOnly(
            long account, long orderId, Side side, long quantity, long price) {
        return submit(account, orderId, OrderType.POST_ONLY, side, quantity, price);
    }

    private List<String> submit(
            long account, long orderId, OrderType type, Side side, long quantity, long price) {
        TimeInForce life = type == OrderType.MARKET ? TimeInForce.IOC : TimeInForce.GTC;
        SelfTradePrevention prevention = SelfTradePrevention.CANCEL_NEWEST;
        return exchange.apply(
                ExchangeEvent.submit(
                        key(account, orderId),
                        new Terms(side, type, life, prevention, quantity, price)));
    }

    private static Terms terms(Side side, TimeInForce life, long quantity, long price) {
        SelfTradePrevention prevention = SelfTradePrevention.CANCEL_NEWEST;
        return new Terms(side, OrderType.LIMIT, life, prevention, quantity, price);
    }

    private List<String> cancel(long account, long orderId) {
        return exchange.apply(ExchangeEvent.cancel(key(account, orderId)));
    }

    private List<String> replace(long account, long orderId, long price, long quantity) {
        return exchange.apply(ExchangeEvent.cancelReplace(key(account, orderId), price, quantity));
    }

    private static OrderKey key(long account, long orderId) {
        return new OrderKey(SYMBOL, account, orderId);
    }

    private BookView book(int depth) {
        return Objects.requireNonNull(exchange.application().book(SYMBOL, depth));
    }

    private AccountView account(long account) {
        return Objects.requireNonNull(exchange.application().account(account));
    }

    private String balance(long account, Name currency) {
        return account(account).balances().stream()
                .filter(row -> row.currency().equals(currency))
                .map(row -> row.available() + "+" + row.reserved())
                .findFirst()
                .orElse("none");
    }
}
