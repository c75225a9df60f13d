package io.melin.sample.exchange.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** What the exchange must hold, worked out from the answers alone, in the order of their sequences. */
final class ExchangeLedger {
    private final String symbol;
    private final TreeMap<Long, JsonNode> answers = new TreeMap<>();
    private final TreeMap<String, Long> deposits = new TreeMap<>();

    ExchangeLedger(String symbol) {
        this.symbol = symbol;
    }

    /** An outcome; one that was recorded before must be the same. */
    void record(JsonNode answer, KillLedgerIT.Sent request) {
        JsonNode before = answers.putIfAbsent(answer.get("sequence").asLong(), answer);
        assertThat(before).as("two outcomes with one sequence").isIn(null, answer);
        if (before == null) {
            request.deposits(deposits);
        }
    }

    void checkAgainst(ExchangeProcess exchange) throws Exception {
        Map<String, Order> open = new HashMap<>();
        TreeMap<String, Long> balances = new TreeMap<>(deposits);
        answers.values()
                .forEach(answer ->
                        answer.get("reports").forEach(report -> apply(report, open, balances)));
        TreeMap<String, Long> reserved = new TreeMap<>();
        TreeMap<String, Long> levels = new TreeMap<>();
        open.values()
                .forEach(order -> {
                    levels.merge(order.side + " " + order.price, order.quantity, Long::sum);
                    String currency = order.side.equals("BUY") ? "USD" : "BTC";
                    long amount =
                            order.side.equals("BUY")
                                    ? order.price * order.quantity
                                    : order.quantity;
                    reserved.merge(order.account + " " + currency, amount, Long::sum);
                });
        assertThat(levels(exchange)).as("book").isEqualTo(levels);
        checkBalances(exchange, balances, reserved);
    }

    private record Order(long account, String side, long price, long quantity) {}

    private static void apply(
            JsonNode report, Map<String, Order> open, TreeMap<String, Long> balances) {
        switch (report.get("kind").asString()) {
            case "PLACED" -> {
                Order order =
                        new Order(
                                report.get("account").asLong(),
                                report.get("side").asString(),
                                report.get("price").asLong(),
                                report.get("quantity").asLong());
                open.put(order.account() + "/" + report.get("orderId").asLong(), order);
            }
            case "FILL" -> fill(report, open, balances);
            case "CANCELLED" ->
                    open.remove(
                            report.get("account").asLong() + "/" + report.get("orderId").asLong());
            case "REJECTED" -> {
                // Changes nothing.
            }
            default -> throw new AssertionError("report without a rule: " + report);
        }
    }

    private static void fill(
            JsonNode report, Map<String, Order> open, TreeMap<String, Long> balances) {
        long price = report.get("price").asLong();
        long quantity = report.get("quantity").asLong();
        long maker = report.get("makerAccount").asLong();
        long taker = report.get("takerAccount").asLong();
        open.computeIfPresent(
                maker + "/" + report.get("makerOrderId").asLong(),
                (key, order) ->
                        order.quantity() == quantity
                                ? null
                                : new Order(
                                        order.account(),
                                        order.side(),
                                        order.price(),
                                        order.quantity() - quantity));
        boolean takerBuys = report.get("takerSide").asString().equals("BUY");
        long buyer = takerBuys ? taker : maker;
        long seller = takerBuys ? maker : taker;
        balances.merge(buyer + " USD", -price * quantity, Long::sum);
        balances.merge(seller + " USD", price * quantity, Long::sum);
        balances.merge(buyer + " BTC", quantity, Long::sum);
        balances.merge(seller + " BTC", -quantity, Long::sum);
    }

    private TreeMap<String, Long> levels(ExchangeProcess exchange) throws Exception {
        TreeMap<String, Long> levels = new TreeMap<>();
        JsonNode book = exchange.json("/api/book/" + symbol + "?depth=1000");
        book.get("bids").forEach(level -> put(levels, "BUY", level));
        book.get("asks").forEach(level -> put(levels, "SELL", level));
        return levels;
    }

    private static void put(TreeMap<String, Long> levels, String side, JsonNode level) {
        levels.put(side + " " + level.get("price").asLong(), level.get("quantity").asLong());
    }

    private static void checkBalances(
            ExchangeProcess exchange, Map<String, Long> balances, Map<String, Long> reserved)
            throws Exception {
        TreeMap<String, Long> balancesThere = new TreeMap<>();
        TreeMap<String, Long> reservedThere = new TreeMap<>();
        for (String account : accounts(balances)) {
            for (JsonNode balance : exchange.json("/api/accounts/" + account).get("balances")) {
                String key = account + " " + balance.get("currency").asString();
                long held = balance.get("reserved").asLong();
                balancesThere.put(key, balance.get("available").asLong() + held);
                if (held != 0) {
                    reservedThere.put(key, held);
                }
            }
        }
        assertThat(balancesThere).as("balances").isEqualTo(balances);
        assertThat(reservedThere).as("reserved").isEqualTo(reserved);
    }

    private static Set<String> accounts(Map<String, Long> balances) {
        return balances.keySet().stream()
                .map(key -> key.replaceFirst(" .*", ""))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
