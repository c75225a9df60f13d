/** The client over TCP and TLS: Netty's NIO on one loop thread. Start with {@code NettyClient}. */
@NullMarked
package io.melin.client.netty;

import org.jspecify.annotations.NullMarked;
