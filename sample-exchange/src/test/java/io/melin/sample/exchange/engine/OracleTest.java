package io.melin.sample.exchange.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.melin.sample.exchange.Seeds;
import io.melin.sample.exchange.domain.Name;
import io.melin.sample.exchange.domain.RejectReason;
import io.melin.sample.exchange.domain.Side;
import io.melin.sample.exchange.wire.ExchangeEvent;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * The exchange and the naive exchange do the same, event by event, and keep the books straight; what
 * is rejected changes nothing (N1 of OrderEntry), and nothing overflows (M1 of Matcher).
 */
class OracleTest {
    private static final int OPEN_ORDERS_MAX = 7;
    private static final int EVENTS = 200;

    @Test
    void agreesWithTheNaiveExchange() {
        Map<String, Integer> reached = new TreeMap<>();
        for (long seed : Seeds.of("OracleTest", 60)) {
            SplittableRandom random = Seeds.random(seed);
            run(seed, random, reached);
        }

        if (Seeds.isOne()) {
            return;
        }
        System.out.println("OracleTest: reached=" + reached);
        for (RejectReason reason : RejectReason.values()) {
            assertThat(reached).as("never reached").containsKey(reason.name());
        }
        assertThat(reached)
                .containsKeys("PLACED", "FILL", "CANCELLED", "REPLACED", "SELF_FILL")
                .containsKeys("AMOUNT_OUT_OF_RANGE SUBMIT", "AMOUNT_OUT_OF_RANGE DEPOSIT");
    }

    private void run(long seed, SplittableRandom random, Map<String, Integer> reached) {
        Harness harness = new Harness(new ExchangeApplication(OPEN_ORDERS_MAX));
        NaiveExchange naive = new NaiveExchange(OPEN_ORDERS_MAX);
        Histories histories = new Histories(random, seed % 3 == 0);
        Conservation conservation = new Conservation();
        List<ExchangeEvent> events = new ArrayList<>(histories.opening());
        for (int i = 0; i < EVENTS; i++) {
            ExchangeEvent event = i < events.size() ? events.get(i) : histories.next();
            String at = "seed=%d, event=%d".formatted(seed, i);

            long before = harness.application().digest();
            List<String> reports = harness.apply(event);
            List<String> expected = naive.apply(event);

            assertThat(reports).as(at).isEqualTo(expected);
            if (!reports.isEmpty() && reports.get(0).startsWith("REJECTED")) {
                assertThat(harness.application().digest()).as("N1, %s", at).isEqualTo(before);
            }
            count(reports, reached);
            conservation.count(event, reports);
            assertSameState(harness.application(), naive, at);
            conservation.check(naive, at);
            StateChecks.check(harness.application().state(), at);
        }
    }

    private static void count(List<String> reports, Map<String, Integer> reached) {
        for (String report : reports) {
            String[] words = report.split(" ");
            reached.merge(words[0], 1, Integer::sum);
            if (words[0].equals("REJECTED")) {
                reached.merge(words[3], 1, Integer::sum);
                reached.merge(words[3] + " " + words[2], 1, Integer::sum);
            }
            if (words[0].equals("FILL") && words[1].split("/")[0].equals(words[5].split("/")[0])) {
                reached.merge("SELF_FILL", 1, Integer::sum);
            }
        }
    }

    private static void assertSameState(
            ExchangeApplication application, NaiveExchange naive, String at) {
        for (long account = 1; account <= 6; account++) {
            AccountView view = application.account(account);
            Map<String, BigInteger[]> rows = naive.accounts.get(account);
            assertThat(view == null).as(at).isEqualTo(rows == null);
            if (view != null && rows != null) {
                assertThat(view.balances().stream().map(Object::toString).toList())
                        .as(at)
                        .isEqualTo(rows.entrySet().stream().map(OracleTest::row).toList());
            }
        }
        for (String symbol : naive.instruments.keySet()) {
            BookView view =
                    Objects.requireNonNull(application.book(Name.of(symbol), Integer.MAX_VALUE));
            assertThat(view.lastTradePrice()).as(at).isEqualTo(naive.lastTrades.get(symbol));
            for (Side side : Side.values()) {
                assertThat(side == Side.BUY ? view.bids() : view.asks())
                        .as(at)
                        .isEqualTo(levels(naive.queue(symbol, side)));
                assertThat(StateChecks.queue(application.state(), symbol, side))
                        .as(at)
                        .isEqualTo(
                                naive.queue(symbol, side).stream()
                                        .map(o -> o.account + "/" + o.orderId + " " + o.open)
                                        .toList());
            }
        }
    }

    private static String row(Map.Entry<String, BigInteger[]> row) {
        return new AccountView.Balance(
                        Name.of(row.getKey()),
                        row.getValue()[0].longValueExact(),
                        row.getValue()[1].longValueExact())
                .toString();
    }

    private static List<BookView.Level> levels(List<NaiveOrder> queue) {
        List<BookView.Level> levels = new ArrayList<>();
        for (NaiveOrder order : queue) {
            int last = levels.size() - 1;
            long open = order.open.longValueExact();
            if (last >= 0 && levels.get(last).price() == order.price) {
                BookView.Level level = levels.get(last);
                levels.set(
                        last,
                        new BookView.Level(
                                order.price, level.quantity() + open, level.orders() + 1));
            } else {
                levels.add(new BookView.Level(order.price, open, 1));
            }
        }
        return levels;
    }
}
