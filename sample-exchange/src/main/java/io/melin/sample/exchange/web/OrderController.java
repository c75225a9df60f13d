package io.melin.sample.exchange.web;

import io.melin.app.EventId;
import io.melin.sample.exchange.web.Exchange.Addressed;
import io.melin.sample.exchange.wire.ExchangeEvent;
import io.melin.sample.exchange.wire.ExchangeEvent.OrderKey;
import java.util.concurrent.CompletableFuture;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Enter, change and cancel orders. */
@RestController
@RequestMapping("/api/orders")
final class OrderController {
    private static final String ORDER = "/{symbol}/{account}/{orderId}";

    private final Exchange exchange;

    OrderController(Exchange exchange) {
        this.exchange = exchange;
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    CompletableFuture<ResponseEntity<Answer>> submit(JsonBody body, EventId id) {
        return exchange.submit(OrderBody.submit(body), id);
    }

    @PutMapping(path = ORDER, consumes = MediaType.APPLICATION_JSON_VALUE)
    CompletableFuture<ResponseEntity<Answer>> replace(
            @PathVariable String symbol,
            @PathVariable String account,
            @PathVariable String orderId,
            JsonBody body,
            EventId id) {
        OrderKey key = key(symbol, account, orderId);
        body.only("price", "quantity");
        ExchangeEvent event =
                ExchangeEvent.cancelReplace(key, body.amount("price"), body.amount("quantity"));
        return exchange.submit(event, id, new Addressed(key.symbol(), key.account()));
    }

    @DeleteMapping(ORDER)
    CompletableFuture<ResponseEntity<Answer>> cancel(
            @PathVariable String symbol,
            @PathVariable String account,
            @PathVariable String orderId,
            EventId id) {
        OrderKey key = key(symbol, account, orderId);
        return exchange.cancel(
                ExchangeEvent.cancel(key), id, new Addressed(key.symbol(), key.account()));
    }

    private static OrderKey key(String symbol, String account, String orderId) {
        return new OrderKey(
                PathValues.symbol(symbol),
                PathValues.id("account", account),
                PathValues.id("orderId", orderId));
    }
}
