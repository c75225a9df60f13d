package io.melin.sample.exchange.engine;

import io.melin.sample.exchange.book.Books;
import io.melin.sample.exchange.ledger.Ledger;
import io.melin.sample.exchange.table.StateDigest;

/** Everything that an event can change. */
record ExchangeState(Ledger ledger, Books books, StateDigest digest) {

    static ExchangeState empty() {
        StateDigest digest = new StateDigest();
        Ledger ledger = new Ledger(digest);
        return new ExchangeState(ledger, new Books(ledger.accounts(), digest), digest);
    }
}
