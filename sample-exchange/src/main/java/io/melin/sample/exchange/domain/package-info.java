/**
 * The words of the exchange: names, sides, types, reasons and the range of its amounts. Depends on
 * nothing.
 */
@NullMarked
package io.melin.sample.exchange.domain;

import org.jspecify.annotations.NullMarked;
