/**
 * The rules: entry checks, matching, replace, transfers, snapshots. Start at {@code
 * ExchangeApplication}.
 */
@NullMarked
package io.melin.sample.exchange.engine;

import org.jspecify.annotations.NullMarked;
