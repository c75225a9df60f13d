/**
 * The exchange over the binary gateway, as docs/exchange-protocol.md has it. Start at {@code
 * ExchangeProtocol}; {@code RequestLayout} and {@code ResponseLayout} are the bytes.
 */
@NullMarked
package io.melin.sample.exchange.gateway;

import org.jspecify.annotations.NullMarked;
