package io.melin.sample.exchange.web;

import io.melin.app.Consistency;
import io.melin.app.EventId;
import io.melin.app.MelinOperations;
import io.melin.app.MelinResult;
import io.melin.sample.exchange.domain.Name;
import io.melin.sample.exchange.domain.RejectReason;
import io.melin.sample.exchange.engine.AccountView;
import io.melin.sample.exchange.engine.BookView;
import io.melin.sample.exchange.engine.ExchangeApplication;
import io.melin.sample.exchange.wire.ExchangeEvent;
import io.melin.sample.exchange.wire.ExchangeReport;
import io.melin.sample.exchange.wire.ReportKind;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.springframework.http.ResponseEntity;

/** The controllers' way to the node: what they ask for, as answers or as problems. */
final class Exchange {
    private static final String REPLAYED = "Idempotent-Replayed";

    private final MelinOperations<ExchangeEvent, ExchangeReport> node;

    Exchange(MelinOperations<ExchangeEvent, ExchangeReport> node) {
        this.node = node;
    }

    /** Whatever the exchange says is the answer. */
    CompletableFuture<ResponseEntity<Answer>> submit(ExchangeEvent event, EventId id) {
        return node.submit(event, id).thenApply(Exchange::answer);
    }

    /** A symbol or an account that the path names must exist. */
    CompletableFuture<ResponseEntity<Answer>> submit(
            ExchangeEvent event, EventId id, Addressed path) {
        return node.submit(event, id)
                .thenApply(result -> {
                    for (ExchangeReport report : result.reports()) {
                        path.check(report);
                    }
                    return answer(result);
                });
    }

    /** A cancel of nothing has no report, so that what the path names is looked up. */
    CompletableFuture<ResponseEntity<Answer>> cancel(
            ExchangeEvent event, EventId id, Addressed path) {
        return node.submit(event, id)
                .thenCompose(result ->
                        result.reports().isEmpty()
                                ? exists(path).thenApply(known -> answer(result))
                                : CompletableFuture.completedFuture(answer(result)));
    }

    CompletableFuture<BookView> book(Name symbol, int depth, Consistency consistency) {
        return node.query(
                        ExchangeApplication.class,
                        (exchange, live) -> Optional.ofNullable(exchange.book(symbol, depth)),
                        consistency)
                .thenApply(book -> book.orElseThrow(() -> unknown("symbol", symbol)));
    }

    CompletableFuture<AccountView> account(long account, Consistency consistency) {
        return node.query(
                        ExchangeApplication.class,
                        (exchange, live) -> Optional.ofNullable(exchange.account(account)),
                        consistency)
                .thenApply(view -> view.orElseThrow(() -> unknown("account", account)));
    }

    /** The symbol and the account of a path. */
    record Addressed(Name symbol, long account) {

        void check(ExchangeReport report) {
            if (report.kind() != ReportKind.REJECTED) {
                return;
            }
            if (report.reason() == RejectReason.UNKNOWN_SYMBOL) {
                throw unknown("symbol", symbol);
            }
            if (report.reason() == RejectReason.UNKNOWN_ACCOUNT) {
                throw unknown("account", account);
            }
        }
    }

    private CompletableFuture<AccountView> exists(Addressed path) {
        return book(path.symbol(), 1, Consistency.LOCAL)
                .thenCompose(book -> account(path.account(), Consistency.LOCAL));
    }

    private static UnknownPathException unknown(String field, Object value) {
        return new UnknownPathException(field, value.toString());
    }

    private static ResponseEntity<Answer> answer(MelinResult<ExchangeReport> result) {
        ResponseEntity.BodyBuilder ok = ResponseEntity.ok();
        if (result.duplicate()) {
            ok.header(REPLAYED, "true");
        }
        return ok.body(new Answer(result.sequence(), result.reports()));
    }
}
