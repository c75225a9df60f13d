/**
 * The client of a node's gateway: what callers use, and the protocol as a state machine.
 *
 * <p>Start at {@link io.melin.client.MelinClient}; the way of a request is {@code QueuedClient},
 * {@code CallExchange}, {@link io.melin.client.ClientSession}, {@link io.melin.client.Transport}
 * and back. No sockets here: {@code io.melin.client.netty} brings them. One loop thread owns the
 * session, one callback thread decodes answers and completes futures.
 */
@NullMarked
package io.melin.client;

import org.jspecify.annotations.NullMarked;
