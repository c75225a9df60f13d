package io.melin.sample.exchange.web;

import static io.melin.sample.exchange.web.RestSession.assertProblem;
import static io.melin.sample.exchange.web.RestSession.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.melin.app.Consistency;
import io.melin.sample.exchange.web.RestSession.Reply;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.core.env.Environment;

/** What the doors of the outside contract answer, over real HTTP. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, classes = WebOnly.class)
class RestTest {
    private final FakeNode node;
    private final RestSession rest;

    @Autowired
    RestTest(FakeNode node, Environment environment) {
        this.node = node;
        rest = new RestSession(environment);
    }

    @BeforeEach
    void openTheMarket() {
        rest.openTheMarket();
    }

    @Test
    void answersEveryKindOfReport() {
        assertThat(rest.order(rest.alice, 1, "SELL", "LIMIT", 5, 100).body())
                .contains("\"sequence\":")
                .contains(
                        json(
                                "'reports':[{'kind':'PLACED','orderId':1,'symbol':'%s',"
                                        + "'account':%d,"
                                        + "'side':'SELL','price':100,'quantity':5}]",
                                rest.symbol, rest.alice));
        assertThat(rest.put(rest.alice, 1, 6, 101).body())
                .contains(
                        json(
                                "[{'kind':'REPLACED','orderId':1,'symbol':'%s','account':%d,"
                                        + "'side':'SELL','oldPrice':100,'newPrice':101,"
                                        + "'oldQuantity':5,'newQuantity':6}]",
                                rest.symbol, rest.alice));
        assertThat(rest.order(rest.bob, 1, "BUY", "MARKET", 2, 0).body())
                .contains(
                        json(
                                "[{'kind':'FILL','makerOrderId':1,'takerOrderId':1,'symbol':'%s',"
                                        + "'makerAccount':%d,'takerAccount':%d,'takerSide':'BUY',"
                                        + "'price':101,'quantity':2,'makerFee':0,'takerFee':0}]",
                                rest.symbol, rest.alice, rest.bob));
        assertThat(rest.delete(rest.alice, 1).body())
                .contains(
                        json(
                                "[{'kind':'CANCELLED','orderId':1,'symbol':'%s','account':%d,"
                                        + "'remaining':4}]",
                                rest.symbol, rest.alice));
        assertThat(rest.order(rest.bob, 2, "BUY", "LIMIT", 2, 1_000_000).body())
                .contains(
                        json(
                                "[{'kind':'REJECTED','orderId':2,'symbol':'%s','account':%d,"
                                        + "'reason':'INSUFFICIENT_BALANCE'}]",
                                rest.symbol, rest.bob));
    }

    @Test
    void showsBooksAndAccounts() {
        assertThat(rest.get("book/" + rest.symbol).body())
                .isEqualTo(
                        json(
                                "{'symbol':'%s','bids':[],'asks':[],'lastTradePrice':null}",
                                rest.symbol));
        rest.order(rest.alice, 1, "SELL", "LIMIT", 5, 100);
        rest.order(rest.alice, 2, "SELL", "LIMIT", 5, 90);
        rest.order(rest.bob, 1, "BUY", "LIMIT", 2, 95);

        assertThat(rest.get("book/" + rest.symbol + "?depth=1").body())
                .isEqualTo(
                        json(
                                "{'symbol':'%s','bids':[],'asks':"
                                        + "[{'price':90,'quantity':3,'orders':1}],"
                                        + "'lastTradePrice':90}",
                                rest.symbol));
        assertThat(rest.get("accounts/" + rest.alice).body())
                .isEqualTo(
                        json(
                                "{'account':%d,'balances':["
                                        + "{'currency':'B','available':990,'reserved':8},"
                                        + "{'currency':'Q','available':100180,'reserved':0}]}",
                                rest.alice));
    }

    @Test
    void readsThroughTheGateUnlessAskedNotTo() {
        rest.get("book/" + rest.symbol);
        assertThat(node.lastConsistency()).isEqualTo(Consistency.DURABLE);

        rest.get("accounts/" + rest.alice + "?consistency=local");
        assertThat(node.lastConsistency()).isEqualTo(Consistency.LOCAL);

        assertProblem(rest.get("book/" + rest.symbol + "?consistency=maybe"), 400, "consistency");
    }

    @Test
    void repeatsTheFirstOutcomeOfAnIdempotencyKey() {
        String deposit = "{'currency':'Q','amount':7}";
        Reply first =
                rest.post("accounts/" + rest.alice + "/deposits", deposit, "key-" + rest.symbol);
        Reply again =
                rest.post("accounts/" + rest.alice + "/deposits", deposit, "key-" + rest.symbol);
        Reply other =
                rest.post(
                        "accounts/" + rest.alice + "/deposits",
                        "{'currency':'Q','amount':8}",
                        "key-" + rest.symbol);

        assertThat(first.status()).isEqualTo(200);
        assertThat(first.http().headers().firstValue("Idempotent-Replayed")).isEmpty();
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(again.http().headers().firstValue("Idempotent-Replayed")).contains("true");
        assertThat(other.status()).isEqualTo(409);
        assertThat(rest.get("accounts/" + rest.alice).body()).contains("\"available\":100007");
        assertProblem(rest.post("instruments", "{}", " "), 400, "Idempotency-Key");
        assertProblem(rest.post("instruments", "{}", "k".repeat(256)), 400, "Idempotency-Key");
    }

    @Test
    void takesADefaultForWhatMayBeLeftOut() {
        rest.order(rest.alice, 1, "SELL", "LIMIT", 5, 100);

        assertThat(rest.order(rest.alice, 2, "BUY", "LIMIT", 1, 100).body())
                .as("self-trade prevention is CANCEL_NEWEST")
                .contains("\"kind\":\"CANCELLED\"");
        assertThat(rest.order(rest.bob, 2, "BUY", "MARKET", 9, 0).body())
                .as("a market order is IOC")
                .contains("\"kind\":\"FILL\"", "\"kind\":\"CANCELLED\"");
    }

    @Test
    void answersACancelOfNothingWithoutAReport() {
        assertThat(rest.delete(rest.alice, 77).status()).isEqualTo(200);
        assertThat(rest.delete(rest.alice, 77).body()).endsWith("\"reports\":[]}");
    }

    @Test
    void rejectsAnUnknownSymbolOrAccountInABody() {
        String order = "{" + rest.goodOrder() + "}";

        assertThat(rest.post("orders", order.replace(rest.symbol, "NONE")).body())
                .contains("\"symbol\":\"NONE\"", "\"reason\":\"UNKNOWN_SYMBOL\"");
        assertThat(rest.post("orders", order.replace(":" + rest.alice, ":999999")).body())
                .contains("\"account\":999999", "\"reason\":\"UNKNOWN_ACCOUNT\"");
        assertThat(rest.put(rest.alice, 77, 1, 1).body()).contains("\"reason\":\"UNKNOWN_ORDER\"");
    }

    @Test
    void rejectsTransfersAndInstruments() {
        assertThat(
                        rest.post(
                                        "accounts/" + rest.alice + "/withdrawals",
                                        "{'currency':'Q','amount':100001}")
                                .body())
                .contains(
                        json(
                                "[{'kind':'REJECTED','account':%d,'currency':'Q',"
                                        + "'reason':'INSUFFICIENT_BALANCE'}]",
                                rest.alice));
        assertThat(
                        rest.post(
                                        "instruments",
                                        "{'symbol':'%s','base':'B','quote':'Q'}"
                                                .formatted(rest.symbol))
                                .body())
                .contains(
                        json(
                                "[{'kind':'REJECTED','symbol':'%s','reason':'DUPLICATE_SYMBOL'}]",
                                rest.symbol));
        assertProblem(
                rest.post("instruments", "{'symbol':'X','base':'B','quote':'B'}"), 400, "quote");
    }
}
