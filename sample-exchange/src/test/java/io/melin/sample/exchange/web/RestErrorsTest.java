package io.melin.sample.exchange.web;

import static io.melin.sample.exchange.web.RestSession.assertProblem;
import static io.melin.sample.exchange.web.RestSession.quoted;
import static io.melin.sample.exchange.web.RestSession.without;
import static org.assertj.core.api.Assertions.assertThat;

import io.melin.app.EventId;
import io.melin.app.MelinRefusedException;
import io.melin.app.MelinUnknownOutcomeException;
import io.melin.app.Refusal;
import io.melin.sample.exchange.web.RestSession.Reply;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.core.env.Environment;

/** Bad requests get a clear error, over real HTTP, and cost nobody anything. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, classes = WebOnly.class)
class RestErrorsTest {
    private final FakeNode node;
    private final RestSession rest;

    @Autowired
    RestErrorsTest(FakeNode node, Environment environment) {
        this.node = node;
        rest = new RestSession(environment);
    }

    @BeforeEach
    void openTheMarket() {
        rest.openTheMarket();
    }

    @AfterEach
    void heal() {
        node.failWith(null);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "symbol      | 'symbol':''",
                "symbol      | 'symbol':'A B'",
                "symbol      | 'symbol':'ABCDEFGHIJKLMNOPQ'",
                "symbol      | 'symbol':5",
                "symbol      | 'symbol':null",
                "orderId     | 'orderId':0",
                "orderId     | 'orderId':-1",
                "orderId     | 'orderId':9007199254740992",
                "account     | 'account':1.0",
                "account     | 'account':'1'",
                "account     | 'account':{}",
                "account     | 'account':[1]",
                "side        | 'side':'buy'",
                "side        | 'side':0",
                "type        | 'type':'ICEBERG'",
                "type        | 'type':true",
                "price       | 'price':0",
                "price       | 'price':-5",
                "price       | 'price':1e3",
                "price       | 'price':5.7",
                "price       | 'price':'5'",
                "price       | 'price':true",
                "price       | 'price':99999999999999999999999999",
                "quantity    | 'quantity':0",
                "quantity    | 'quantity':9007199254740992",
                "quantity    | 'quantity':9223372036854775808",
                "timeInForce | 'timeInForce':'SOON'",
                "timeInForce | 'timeInForce':'DAY'",
                "postOnly    | 'postOnly':'true'",
                "postOnly    | 'postOnly':true,'timeInForce':'IOC'",
                "postOnly    | 'postOnly':true,'timeInForce':'FOK'",
                "price       | 'type':'MARKET'",
                "price       | 'type':'STOP','triggerPrice':5",
                "triggerPrice| 'triggerPrice':5",
                "triggerPrice| 'type':'STOP_LIMIT'",
                "type        | 'type':'STOP_LIMIT','triggerPrice':5",
                "expiry      | 'timeInForce':'GTD'",
                "expiry      | 'expiry':'2030-01-01T00:00:00Z'",
                "expiry      | 'timeInForce':'GTD','expiry':'tomorrow'",
                "timeInForce | 'timeInForce':'GTD','expiry':'2030-01-01T00:00:00Z'",
                "selfTradePrevention | 'selfTradePrevention':'NEVER'",
                "colour      | 'colour':'red'",
            })
    void namesTheFieldOfABadOrder(String field, String change) {
        String order = rest.goodOrder();
        for (String name : change.split(",")) {
            order = without(order, name.replaceAll("'([a-zA-Z]+)':.*", "$1"));
        }
        long before = node.sequence();

        Reply reply = rest.post("orders", "{" + order + "," + change + "}");

        assertProblem(reply, 400, field);
        assertThat(node.sequence()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"symbol", "orderId", "account", "side", "type", "price", "quantity"})
    void namesAFieldThatIsMissingOrRepeated(String field) {
        String order = rest.goodOrder();
        String value = order.replaceAll(".*('" + field + "':[^,]*).*", "$1");

        assertProblem(rest.post("orders", "{" + without(order, field) + "}"), 400, field);
        assertProblem(rest.post("orders", "{" + order + "," + value + "}"), 400, field);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "x", "[]", "5", "null", "{", "{'a':1", "{'a':}", "{} {}", "{'a' 1}"})
    void refusesABodyThatIsNotOneObject(String body) {
        assertProblem(rest.post("orders", body), 400, "body");
    }

    @Test
    void refusesAHugeBody() {
        String huge = "{'symbol':'" + "A".repeat(1 << 20) + "'}";

        assertThat(rest.post("orders", huge).status()).isEqualTo(413);
        BodyPublisher chunked =
                BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[20_000]));
        assertThat(rest.send("orders", "POST", chunked, "application/json", null).status())
                .isEqualTo(413);
        assertThat(rest.get("book/" + rest.symbol).status()).isEqualTo(200);
    }

    @Test
    void refusesAnotherMediaType() {
        Reply reply =
                rest.send("orders", "POST", BodyPublishers.ofString("a=1"), "text/plain", null);

        assertThat(reply.status()).isEqualTo(415);
    }

    @Test
    void doesNotFindWhatAPathNamesAndNobodyMade() {
        String body = "{'price':1,'quantity':1}";
        assertProblem(rest.get("book/NONE"), 404, "symbol");
        assertProblem(rest.get("book/NO%20SUCH%20SYMBOL%20AT%20ALL"), 404, "symbol");
        assertProblem(rest.get("accounts/999999"), 404, "account");
        assertProblem(
                rest.post("accounts/999999/withdrawals", "{'currency':'Q','amount':1}"),
                404,
                "account");
        assertProblem(
                rest.send("orders/NONE/%d/1".formatted(rest.alice), "PUT", quoted(body)),
                404,
                "symbol");
        assertProblem(
                rest.send("orders/%s/999999/1".formatted(rest.symbol), "PUT", quoted(body)),
                404,
                "account");
        assertProblem(
                rest.send("orders/NONE/%d/1".formatted(rest.alice), "DELETE", quoted("")),
                404,
                "symbol");
        assertProblem(
                rest.send("orders/%s/999999/1".formatted(rest.symbol), "DELETE", quoted("")),
                404,
                "account");
    }

    @ParameterizedTest
    @CsvSource({
        "accounts/x, account", "accounts/0, account", "accounts/-1, account",
        "accounts/9007199254740992, account", "book/M?depth=0, depth", "book/M?depth=x, depth",
        "book/M?depth=-1, depth", "book/M?depth=100000, depth", "book/M?depth=, depth"
    })
    void namesABadPieceOfAPath(String path, String field) {
        assertProblem(rest.get(path), 400, field);
    }

    @ParameterizedTest
    @CsvSource({
        "DELETE, accounts/1/orders, cancel-all",
        "POST, end-of-day, end-of-day",
        "POST, instruments/X/fees, fees",
        "POST, instruments/X/limits, limits",
        "POST, instruments/X/breaker, breaker",
        "POST, instruments/X/disable, disable",
        "POST, instruments/X/enable, enable",
        "DELETE, instruments/X, remove-instrument"
    })
    void namesADoorThatIsNotBuilt(String method, String path, String feature) {
        Reply reply = rest.send(path, method, quoted("{}"));

        assertProblem(reply, 400, feature);
        assertThat(reply.body()).contains("not built yet: " + feature);
    }

    @ParameterizedTest
    @CsvSource({
        "OVERLOADED, 503",
        "POLICY_UNMET, 503",
        "DRAINING, 503",
        "NO_SPACE, 503",
        "NOT_PRIMARY, 503",
        "FENCED, 503",
        "TOO_LARGE, 413",
        "MALFORMED, 400",
        "ID_CONFLICT, 409"
    })
    void passesARefusalOn(Refusal refusal, int status) {
        node.failWith(new MelinRefusedException(refusal, "why"));

        Reply reply = rest.order(rest.alice, 1, "SELL", "LIMIT", 5, 100);

        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.body()).contains("\"refusal\":\"" + refusal + "\"", "why");
        assertThat(reply.http().headers().firstValue("Retry-After").isPresent())
                .isEqualTo(status == 503);
        assertThat(rest.get("book/" + rest.symbol).status()).isEqualTo(status);
    }

    @Test
    void namesThePrimary() {
        node.failWith(new MelinRefusedException(Refusal.NOT_PRIMARY, "why", "10.0.0.1:8080"));

        Reply reply = rest.order(rest.alice, 1, "SELL", "LIMIT", 5, 100);

        assertThat(reply.status()).isEqualTo(421);
        assertThat(reply.body()).contains("\"primary\":\"10.0.0.1:8080\"");
    }

    @Test
    void neverCallsAnUnknownOutcomeAFailure() {
        node.failWith(new MelinUnknownOutcomeException(EventId.of("k"), "late", null));
        Reply reply = rest.order(rest.alice, 1, "SELL", "LIMIT", 5, 100);
        assertThat(reply.status()).isEqualTo(504);
        assertThat(reply.body()).contains("\"outcome\":\"unknown\"");

        node.failWith(new TimeoutException("late"));
        assertThat(rest.get("book/" + rest.symbol).status()).isEqualTo(503);
    }
}
