package io.melin.sample.exchange.web;

import io.melin.app.EventId;
import io.melin.sample.exchange.domain.Name;
import io.melin.sample.exchange.engine.BookView;
import io.melin.sample.exchange.wire.ExchangeEvent;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Instruments and their books. */
@RestController
@RequestMapping("/api")
final class MarketController {
    private final Exchange exchange;

    MarketController(Exchange exchange) {
        this.exchange = exchange;
    }

    /** A book as JSON; {@code lastTradePrice} is null before the first trade. */
    record BookJson(
            String symbol,
            List<BookView.Level> bids,
            List<BookView.Level> asks,
            @Nullable Long lastTradePrice) {
        static BookJson of(BookView view) {
            return new BookJson(
                    view.symbol().toString(), view.bids(), view.asks(), view.lastTradePrice());
        }
    }

    @PostMapping(path = "/instruments", consumes = MediaType.APPLICATION_JSON_VALUE)
    CompletableFuture<ResponseEntity<Answer>> add(JsonBody body, EventId id) {
        body.only("symbol", "base", "quote");
        Name symbol = body.name("symbol");
        Name base = body.name("base");
        Name quote = body.name("quote");
        if (quote.equals(base)) {
            throw new InvalidFieldException("quote", "must not be the base");
        }
        return exchange.submit(ExchangeEvent.addInstrument(symbol, base, quote), id);
    }

    @GetMapping("/book/{symbol}")
    CompletableFuture<BookJson> book(
            @PathVariable String symbol,
            @RequestParam @Nullable String depth,
            @RequestParam @Nullable String consistency) {
        int levels = PathValues.depth(depth);
        return exchange.book(PathValues.symbol(symbol), levels, PathValues.consistency(consistency))
                .thenApply(BookJson::of);
    }
}
