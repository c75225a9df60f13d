package io.melin.sample.exchange.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.melin.sample.exchange.domain.Name;
import io.melin.sample.exchange.domain.Side;
import io.melin.sample.exchange.wire.EventKind;
import io.melin.sample.exchange.wire.ExchangeEvent;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Counts what came in, from events and reports alone: money per currency, and the volume that was
 * asked for, traded, cancelled or turned away.
 */
final class Conservation {
    private final Map<String, BigInteger> money = new TreeMap<>();
    private BigInteger unsettled = BigInteger.ZERO;

    void count(ExchangeEvent event, List<String> reports) {
        boolean rejected = reports.stream().anyMatch(report -> report.startsWith("REJECTED"));
        if (rejected) {
            assertThat(reports).hasSize(1);
            return;
        }
        if (event.kind() == EventKind.DEPOSIT || event.kind() == EventKind.WITHDRAW) {
            BigInteger amount = BigInteger.valueOf(event.amount());
            money.merge(
                    Name.text(event.nameHigh(), event.nameLow()),
                    event.kind() == EventKind.DEPOSIT ? amount : amount.negate(),
                    BigInteger::add);
        }
        if (event.kind() == EventKind.SUBMIT) {
            unsettled = unsettled.add(BigInteger.valueOf(event.quantity()));
        }
        for (String report : reports) {
            unsettled = unsettled.add(settled(report.split(" ")));
        }
    }

    private static BigInteger settled(String[] words) {
        return switch (words[0]) {
            case "FILL" -> quantity(words[3]).shiftLeft(1).negate();
            case "CANCELLED" -> quantity(words[2]).negate();
            case "REPLACED" -> quantity(words[3]).subtract(quantity(words[5]));
            default -> BigInteger.ZERO;
        };
    }

    private static BigInteger quantity(String word) {
        return new BigInteger(word.split("@")[0]);
    }

    /** Properties 1 to 3: money, volume, reservations. The naive state equals the real one. */
    void check(NaiveExchange state, String at) {
        Map<String, BigInteger> held = new TreeMap<>();
        Map<String, BigInteger> reserved = new TreeMap<>();
        state.accounts
                .values()
                .forEach(rows ->
                        rows.forEach((currency, row) -> {
                            held.merge(currency, row[0].add(row[1]), BigInteger::add);
                            reserved.merge(currency, row[1], BigInteger::add);
                        }));
        money.forEach((currency, sum) ->
                assertThat(held.getOrDefault(currency, BigInteger.ZERO)).as(at).isEqualTo(sum));
        BigInteger resting = BigInteger.ZERO;
        for (NaiveOrder order : state.orders) {
            resting = resting.add(order.open);
            String[] pair = Objects.requireNonNull(state.instruments.get(order.symbol));
            String currency = pair[order.side == Side.BUY ? 1 : 0];
            reserved.merge(currency, order.reserve().negate(), BigInteger::add);
        }
        assertThat(unsettled).as(at + ": volume").isEqualTo(resting);
        assertThat(reserved.values()).as(at).allMatch(rest -> rest.signum() == 0);
    }
}
