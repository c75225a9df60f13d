/**
 * The frames of the client protocol, for both of its sides. Start with {@link
 * io.melin.wire.RequestFrame} and {@link io.melin.wire.ResponseFrame}; docs/protocol.md is the same
 * in prose. No sockets, no threads; every decoder takes any bytes and gives a verdict.
 */
@NullMarked
package io.melin.wire;

import org.jspecify.annotations.NullMarked;
