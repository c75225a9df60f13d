package io.melin.sample.exchange.web;

import io.melin.app.EventId;
import io.melin.sample.exchange.domain.Name;
import io.melin.sample.exchange.engine.AccountView;
import io.melin.sample.exchange.web.Exchange.Addressed;
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

/** Money in, money out, and how much there is. */
@RestController
@RequestMapping("/api/accounts/{account}")
final class AccountController {
    private final Exchange exchange;

    AccountController(Exchange exchange) {
        this.exchange = exchange;
    }

    /** An account as JSON. */
    record AccountJson(long account, List<BalanceJson> balances) {
        static AccountJson of(AccountView view) {
            return new AccountJson(
                    view.account(), view.balances().stream().map(BalanceJson::of).toList());
        }
    }

    /** A balance as JSON. */
    record BalanceJson(String currency, long available, long reserved) {
        static BalanceJson of(AccountView.Balance balance) {
            return new BalanceJson(
                    balance.currency().toString(), balance.available(), balance.reserved());
        }
    }

    @GetMapping
    CompletableFuture<AccountJson> account(
            @PathVariable String account, @RequestParam @Nullable String consistency) {
        return exchange.account(
                        PathValues.id("account", account), PathValues.consistency(consistency))
                .thenApply(AccountJson::of);
    }

    @PostMapping(path = "/deposits", consumes = MediaType.APPLICATION_JSON_VALUE)
    CompletableFuture<ResponseEntity<Answer>> deposit(
            @PathVariable String account, JsonBody body, EventId id) {
        long owner = PathValues.id("account", account);
        body.only("currency", "amount");
        Name currency = body.name("currency");
        return exchange.submit(ExchangeEvent.deposit(owner, currency, body.amount("amount")), id);
    }

    @PostMapping(path = "/withdrawals", consumes = MediaType.APPLICATION_JSON_VALUE)
    CompletableFuture<ResponseEntity<Answer>> withdraw(
            @PathVariable String account, JsonBody body, EventId id) {
        long owner = PathValues.id("account", account);
        body.only("currency", "amount");
        Name currency = body.name("currency");
        return exchange.submit(
                ExchangeEvent.withdraw(owner, currency, body.amount("amount")),
                id,
                new Addressed(currency, owner));
    }
}
