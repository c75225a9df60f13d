/**
 * The exchange over the binary gateway: requests and answers as docs/exchange-protocol.md has them.
 * Start at {@code ExchangeProtocol}; {@code RequestLayout} and {@code ResponseLayout} are the bytes.
 */
@NullMarked
package io.melin.sample.exchange.gateway;

import org.jspecify.annotations.NullMarked;
