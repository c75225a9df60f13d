/**
 * Plays LOBSTER files against the exchange and compares the books. Start at {@code ReplayCommand}.
 */
@NullMarked
package io.melin.sample.exchange.replay;

import org.jspecify.annotations.NullMarked;
