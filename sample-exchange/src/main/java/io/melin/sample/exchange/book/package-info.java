/**
 * The order books: pooled orders, price levels, both sides of an instrument. Start at {@code
 * Books}.
 */
@NullMarked
package io.melin.sample.exchange.book;

import org.jspecify.annotations.NullMarked;
