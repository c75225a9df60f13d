package io.melin.sample.exchange.engine;

import io.melin.sample.exchange.book.Book;
import io.melin.sample.exchange.book.BookSide;
import io.melin.sample.exchange.book.Levels;
import io.melin.sample.exchange.domain.Name;
import io.melin.sample.exchange.domain.Side;
import io.melin.sample.exchange.ledger.Accounts;
import io.melin.sample.exchange.ledger.Currencies;
import io.melin.sample.exchange.ledger.Ledger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Copies parts of the state into answers. */
final class Views {
    private final ExchangeState state;

    Views(ExchangeState state) {
        this.state = state;
    }

    @Nullable BookView book(Name symbol, int depth) {
        Book book = state.books().find(symbol.high(), symbol.low());
        if (book == null) {
            return null;
        }
        return new BookView(
                symbol,
                levels(book.side(Side.BUY), depth),
                levels(book.side(Side.SELL), depth),
                book.lastTradePrice() == 0 ? null : book.lastTradePrice());
    }

    @Nullable AccountView account(long accountId) {
        Ledger ledger = state.ledger();
        Currencies currencies = ledger.currencies();
        int account = ledger.accounts().find(accountId);
        if (account == Accounts.UNKNOWN) {
            return null;
        }
        List<AccountView.Balance> balances = new ArrayList<>();
        for (int currency = 0; currency < currencies.count(); currency++) {
            if (ledger.total(account, currency) > 0) {
                balances.add(
                        new AccountView.Balance(
                                new Name(currencies.high(currency), currencies.low(currency)),
                                ledger.available(account, currency),
                                ledger.reserved(account, currency)));
            }
        }
        balances.sort(Comparator.comparing(balance -> balance.currency().toString()));
        return new AccountView(accountId, List.copyOf(balances));
    }

    private List<BookView.Level> levels(BookSide side, int depth) {
        Levels levels = state.books().levels();
        List<BookView.Level> view = new ArrayList<>();
        for (int i = 0; i < Math.min(depth, side.count()); i++) {
            int level = side.level(i);
            view.add(
                    new BookView.Level(
                            levels.price(level), levels.quantity(level), levels.count(level)));
        }
        return List.copyOf(view);
    }
}
