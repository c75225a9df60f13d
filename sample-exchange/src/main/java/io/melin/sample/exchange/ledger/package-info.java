/** Who owns what: accounts, currencies and the balances between them. Start at {@code Ledger}. */
@NullMarked
package io.melin.sample.exchange.ledger;

import org.jspecify.annotations.NullMarked;
