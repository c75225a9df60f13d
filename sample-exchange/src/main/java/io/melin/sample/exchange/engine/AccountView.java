package io.melin.sample.exchange.engine;

import io.melin.sample.exchange.domain.Name;
import java.util.List;

/** An account as an answer: its balances by currency name; a balance of nothing is not listed. */
public record AccountView(long account, List<Balance> balances) {

    /** What may be used, and what resting orders hold. */
    public record Balance(Name currency, long available, long reserved) {}
}
