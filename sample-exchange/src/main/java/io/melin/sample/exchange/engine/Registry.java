package io.melin.sample.exchange.engine;

import static io.melin.sample.exchange.domain.RejectReason.AMOUNT_OUT_OF_RANGE;
import static io.melin.sample.exchange.domain.RejectReason.DUPLICATE_SYMBOL;
import static io.melin.sample.exchange.domain.RejectReason.HAS_RESTING_ORDERS;
import static io.melin.sample.exchange.domain.RejectReason.INSUFFICIENT_BALANCE;
import static io.melin.sample.exchange.domain.RejectReason.UNKNOWN_ACCOUNT;

import io.melin.sample.exchange.book.Books;
import io.melin.sample.exchange.domain.Amounts;
import io.melin.sample.exchange.domain.RejectReason;
import io.melin.sample.exchange.ledger.Accounts;
import io.melin.sample.exchange.ledger.Ledger;
import io.melin.sample.exchange.table.PairTable;
import io.melin.sample.exchange.wire.ExchangeEvent;
import org.jspecify.annotations.Nullable;

/** What comes from outside the market: instruments, and money in and out. */
final class Registry {
    private final Ledger ledger;
    private final Books books;
    private final Announcer announcer;

    Registry(ExchangeState state, Announcer announcer) {
        ledger = state.ledger();
        books = state.books();
        this.announcer = announcer;
    }

    void addInstrument(ExchangeEvent event) {
        if (books.find(event.nameHigh(), event.nameLow()) != null) {
            announcer.rejected(event, DUPLICATE_SYMBOL);
            return;
        }
        int base = ledger.currency(event.baseHigh(), event.baseLow());
        int quote = ledger.currency(event.quoteHigh(), event.quoteLow());
        books.add(event.nameHigh(), event.nameLow(), base, quote);
    }

    /** The first deposit opens the account. */
    void deposit(ExchangeEvent event) {
        int account = ledger.accounts().find(event.account());
        int known = ledger.currencies().find(event.nameHigh(), event.nameLow());
        if (account != Accounts.UNKNOWN
                && known != PairTable.ABSENT
                && !Amounts.isSumInRange(ledger.total(account, known), event.amount())) {
            announcer.rejected(event, AMOUNT_OUT_OF_RANGE);
            return;
        }
        if (account == Accounts.UNKNOWN) {
            account = ledger.open(event.account());
        }
        int currency = ledger.currency(event.nameHigh(), event.nameLow());
        ledger.deposit(account, currency, event.amount());
    }

    void withdraw(ExchangeEvent event) {
        int account = ledger.accounts().find(event.account());
        int currency = ledger.currencies().find(event.nameHigh(), event.nameLow());
        RejectReason reason = reasonAgainst(account, currency, event.amount());
        if (reason == null) {
            ledger.withdraw(account, currency, event.amount());
        } else {
            announcer.rejected(event, reason);
        }
    }

    private @Nullable RejectReason reasonAgainst(int account, int currency, long amount) {
        if (account == Accounts.UNKNOWN) {
            return UNKNOWN_ACCOUNT;
        }
        if (ledger.accounts().openOrders(account) > 0) {
            return HAS_RESTING_ORDERS;
        }
        boolean covered =
                currency != PairTable.ABSENT && amount <= ledger.available(account, currency);
        return covered ? null : INSUFFICIENT_BALANCE;
    }
}
