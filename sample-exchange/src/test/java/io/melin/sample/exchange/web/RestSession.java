package io.melin.sample.exchange.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;

/** A market of its own on a running server, with two funded accounts. */
final class RestSession {
    private static final AtomicInteger MARKETS = new AtomicInteger();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    final String symbol = "M" + MARKETS.incrementAndGet();
    final long alice = 10L * MARKETS.get() + 1;
    final long bob = alice + 1;
    private final String root;

    RestSession(Environment environment) {
        root = "http://127.0.0.1:" + environment.getProperty("local.server.port") + "/api/";
    }

    /** What came back. */
    record Reply(int status, String body, HttpResponse<String> http) {}

    void openTheMarket() {
        post("instruments", "{'symbol':'%s','base':'B','quote':'Q'}".formatted(symbol));
        for (long account = alice; account <= bob; account++) {
            deposit(account, "B", 1_000);
            deposit(account, "Q", 100_000);
        }
    }

    static void assertProblem(Reply reply, int status, String field) {
        assertThat(reply.status()).as(reply.body()).isEqualTo(status);
        assertThat(reply.http().headers().firstValue("Content-Type"))
                .contains("application/problem+json");
        assertThat(reply.body())
                .contains("\"field\":\"" + field + "\"", "\"detail\":\"", "\"status\":" + status);
    }

    String goodOrder() {
        return ("'symbol':'%s','orderId':5,'account':%d,'side':'BUY',"
                        + "'type':'LIMIT','price':9,'quantity':3")
                .formatted(symbol, alice);
    }

    static String without(String order, String field) {
        return (order + ",").replaceAll("'" + field + "':[^,]*,", "").replaceAll(",$", "");
    }

    Reply order(long account, long orderId, String side, String type, long quantity, long price) {
        String priced = price == 0 ? "" : ",'price':" + price;
        return post(
                "orders",
                "{'symbol':'%s','orderId':%d,'account':%d,'side':'%s','type':'%s','quantity':%d%s}"
                        .formatted(symbol, orderId, account, side, type, quantity, priced));
    }

    void deposit(long account, String currency, long amount) {
        Reply reply =
                post(
                        "accounts/" + account + "/deposits",
                        "{'currency':'%s','amount':%d}".formatted(currency, amount));
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        assertThat(reply.body()).endsWith("\"reports\":[]}");
    }

    Reply put(long account, long orderId, long quantity, long price) {
        return send(
                "orders/%s/%d/%d".formatted(symbol, account, orderId),
                "PUT",
                quoted("{'price':%d,'quantity':%d}".formatted(price, quantity)));
    }

    Reply delete(long account, long orderId) {
        return send(
                "orders/%s/%d/%d".formatted(symbol, account, orderId),
                "DELETE",
                BodyPublishers.noBody());
    }

    Reply get(String path) {
        return send(path, "GET", BodyPublishers.noBody());
    }

    Reply post(String path, String body) {
        return send(path, "POST", quoted(body));
    }

    Reply post(String path, String body, String key) {
        return send(path, "POST", quoted(body), "application/json", key);
    }

    Reply send(String path, String method, BodyPublisher body) {
        return send(path, method, body, "application/json", null);
    }

    Reply send(String path, String method, BodyPublisher body, String type, @Nullable String key) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(root + path))
                        .method(method, body)
                        .header("Content-Type", type);
        if (key != null) {
            request.header("Idempotency-Key", key);
        }
        try {
            HttpResponse<String> reply =
                    CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Reply(reply.statusCode(), reply.body(), reply);
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(method + " " + path, e);
        }
    }

    /** Single quotes for double ones, so that the tests can be read. */
    static BodyPublisher quoted(String body) {
        return BodyPublishers.ofString(body.replace('\'', '"'));
    }

    static String json(String text, Object... values) {
        return text.formatted(values).replace('\'', '"');
    }
}
