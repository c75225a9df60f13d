/**
 * The door for clients on sockets: sessions, admission in order, answers in order. Start with
 * {@link io.melin.gateway.GatewayDoor}; a protocol of your own implements {@link
 * io.melin.gateway.Protocol}. Sockets are behind {@link io.melin.gateway.Transport}.
 */
@NullMarked
package io.melin.gateway;

import org.jspecify.annotations.NullMarked;
