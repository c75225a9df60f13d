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

/** Instruments, and money in and out. */
class RegistryTest {
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
    void paysOutOnlyWhatIsFree() {
        exchange.apply(
                ExchangeEvent.submit(
                        new OrderKey(SYMBOL, MAKER, 1),
                        new Terms(
                                Side.BUY,
                                OrderType.LIMIT,
                                TimeInForce.GTC,
                                SelfTradePrevention.ALLOW,
                                5,
                                90)));

        assertThat(withdraw(MAKER, USD, 1))
                .containsExactly("REJECTED 1/0 WITHDRAW HAS_RESTING_ORDERS USD");
        assertThat(withdraw(77, USD, 1))
                .containsExactly("REJECTED 77/0 WITHDRAW UNKNOWN_ACCOUNT USD");
        assertThat(withdraw(TAKER, USD, 100_001))
                .containsExactly("REJECTED 2/0 WITHDRAW INSUFFICIENT_BALANCE USD");
        assertThat(withdraw(TAKER, Name.of("EUR"), 1))
                .containsExactly("REJECTED 2/0 WITHDRAW INSUFFICIENT_BALANCE EUR");
    }

    /** Property 14. */
    @Test
    void leavesNoRowBehindWhenAllIsWithdrawn() {
        withdraw(TAKER, USD, 100_000);
        withdraw(TAKER, BTC, 1_000);

        assertThat(Objects.requireNonNull(exchange.application().account(TAKER)).balances())
                .isEmpty();
        assertThat(exchange.application().account(77)).isNull();
    }

    @Test
    void rejectsADepositBeyondTheRangeOfABalance() {
        assertThat(exchange.apply(ExchangeEvent.deposit(MAKER, USD, Amounts.MAX - 99_999)))
                .containsExactly("REJECTED 1/0 DEPOSIT AMOUNT_OUT_OF_RANGE USD");
        assertThat(exchange.apply(ExchangeEvent.deposit(MAKER, USD, Amounts.MAX - 100_000)))
                .isEmpty();
        assertThat(exchange.apply(ExchangeEvent.deposit(3, USD, Amounts.MAX))).isEmpty();
    }

    @Test
    void addsAnInstrumentOnce() {
        assertThat(exchange.apply(ExchangeEvent.addInstrument(SYMBOL, BTC, Name.of("EUR"))))
                .containsExactly("REJECTED 0/0 ADD_INSTRUMENT DUPLICATE_SYMBOL BTC-USD");
    }

    private List<String> withdraw(long account, Name currency, long amount) {
        return exchange.apply(ExchangeEvent.withdraw(account, currency, amount));
    }
}
