package io.melin.sample.exchange.replay;

import io.melin.sample.exchange.domain.Amounts;
import io.melin.sample.exchange.domain.Name;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A running exchange, over REST.
 *
 * <p>The symbol and the accounts must be new there. If the symbol is taken, by an earlier replay
 * for one, the name gets a number, and so do the accounts.
 */
final class HttpTarget implements ReplayTarget {
    private static final String QUOTE = "USD";
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final int RUNS_MAX = 1_000;
    private static final long FIRST_ACCOUNT = 900_000_000;

    private final HttpClient client = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
    private final JsonMapper json = JsonMapper.builder().build();
    private final URI root;
    private final String symbol;
    private final long owner;
    private final long taker;

    private HttpTarget(String address, String wanted) throws IOException {
        root = URI.create("http://" + address + "/api/");
        int run = 1;
        String name = wanted;
        while (isTaken(add(name, wanted))) {
            run++;
            name = wanted + "." + run;
            if (run > RUNS_MAX || !Name.isValid(name)) {
                throw new ReplayException("no free symbol: target=" + address + ", last=" + name);
            }
        }
        symbol = name;
        owner = FIRST_ACCOUNT + 2L * run;
        taker = owner + 1;
    }

    /**
     * Adds the instrument and funds the accounts.
     *
     * @param address {@code host:port}
     */
    static HttpTarget open(String address, Name wanted) throws IOException {
        HttpTarget target = new HttpTarget(address, wanted.toString());
        for (long account = target.owner; account <= target.taker; account++) {
            for (String currency : List.of(wanted.toString(), QUOTE)) {
                target.expectNoRejection(
                        target.send(
                                "POST",
                                "accounts/" + account + "/deposits",
                                Map.of("currency", currency, "amount", Amounts.MAX / 4)));
            }
        }
        return target;
    }

    @Override
    public List<Trade> rest(Order order) throws IOException {
        return submit(owner, order, "GTC");
    }

    @Override
    public List<Trade> take(Order order) throws IOException {
        return submit(taker, order, "IOC");
    }

    @Override
    public void reduce(Order order) throws IOException {
        expectNoRejection(
                send(
                        "PUT",
                        path(order.orderId()),
                        Map.of("price", order.price(), "quantity", order.quantity())));
    }

    @Override
    public void cancel(long orderId) throws IOException {
        expectNoRejection(send("DELETE", path(orderId), Map.of()));
    }

    @Override
    public LobsterRow book(int depth) throws IOException {
        JsonNode book = send("GET", "book/" + symbol + "?depth=" + depth, Map.of());
        return new LobsterRow(levels(book.path("bids")), levels(book.path("asks")));
    }

    /** The connections end with the process. */
    @Override
    public void close() {}

    private JsonNode add(String name, String base) throws IOException {
        return send("POST", "instruments", Map.of("symbol", name, "base", base, "quote", QUOTE));
    }

    private static boolean isTaken(JsonNode answer) {
        return answer.path("reports")
                .path(0)
                .path("reason")
                .asString("")
                .equals("DUPLICATE_SYMBOL");
    }

    private List<Trade> submit(long account, Order order, String life) throws IOException {
        JsonNode answer =
                send(
                        "POST",
                        "orders",
                        Map.of(
                                "symbol",
                                symbol,
                                "orderId",
                                order.orderId(),
                                "account",
                                account,
                                "side",
                                order.side(),
                                "type",
                                "LIMIT",
                                "price",
                                order.price(),
                                "quantity",
                                order.quantity(),
                                "timeInForce",
                                life,
                                "selfTradePrevention",
                                "ALLOW"));
        expectNoRejection(answer);
        List<Trade> trades = new ArrayList<>();
        for (JsonNode report : answer.path("reports")) {
            if (report.path("kind").asString("").equals("FILL")) {
                trades.add(
                        new Trade(
                                report.path("makerOrderId").asLong(),
                                report.path("price").asLong(),
                                report.path("quantity").asLong()));
            }
        }
        return trades;
    }

    private String path(long orderId) {
        return "orders/" + symbol + "/" + owner + "/" + orderId;
    }

    private void expectNoRejection(JsonNode answer) throws ReplayException {
        for (JsonNode report : answer.path("reports")) {
            if (report.path("kind").asString("").equals("REJECTED")) {
                throw new ReplayException("the exchange rejected: report=" + report);
            }
        }
    }

    private JsonNode send(String method, String path, Map<String, Object> body) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(root.resolve(path)).timeout(TIMEOUT);
        if (body.isEmpty()) {
            request.method(method, HttpRequest.BodyPublishers.noBody());
        } else {
            request.header("Content-Type", "application/json");
            request.method(
                    method, HttpRequest.BodyPublishers.ofString(json.writeValueAsString(body)));
        }
        try {
            HttpResponse<String> answer =
                    client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new ReplayException(
                        "request refused: method=%s, path=%s, status=%d, answer=%s"
                                .formatted(method, path, answer.statusCode(), answer.body()));
            }
            return json.readTree(answer.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("replay interrupted");
        }
    }

    private static List<LobsterRow.Level> levels(JsonNode levels) {
        List<LobsterRow.Level> list = new ArrayList<>();
        for (JsonNode level : levels) {
            list.add(
                    new LobsterRow.Level(
                            level.path("price").asLong(), level.path("quantity").asLong()));
        }
        return list;
    }
}
