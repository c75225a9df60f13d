package io.melin.sample.exchange.engine;

import io.melin.sample.exchange.book.Books;
import io.melin.sample.exchange.ledger.Ledger;
import io.melin.sample.exchange.table.StateDigest;

/** Everything that an event can change. */
record ExchangeState(Ledger ledger, Books books, StateDigest digest) {

    static ExchangeState empty() {
        StateDigest digest = new StateDigest();
        return new ExchangeState(new Ledger(digest), new Books(digest), digest);
    }
}
