/**
 * The gateway's sockets, on an event loop that the ingress thread drives by hand. Start with {@link
 * io.melin.gateway.netty.NettyTransport}.
 */
@NullMarked
package io.melin.gateway.netty;

import org.jspecify.annotations.NullMarked;
