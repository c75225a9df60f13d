/**
 * The load generator: {@code load} and {@code echo}. Start at {@code LoadCommand}; {@code
 * LoadLoop} is the thread, {@code Client} one connection, {@code Checker} what an answer must be.
 *
 * <p>Threading: each loop has its own connections, and shares with the others only {@code Phases}
 * and what it publishes through {@code Tally}.
 */
@NullMarked
package io.melin.sample.exchange.load;

import org.jspecify.annotations.NullMarked;
