/**
 * Events and reports as bytes: one flyweight and one codec each. Start at {@code ExchangeEvent}.
 */
@NullMarked
package io.melin.sample.exchange.wire;

import org.jspecify.annotations.NullMarked;
