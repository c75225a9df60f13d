/** Actuator's {@code melin} and {@code melintraces}: what the node is doing and what it took. */
@NullMarked
package io.melin.spring.boot.autoconfigure.endpoint;

import org.jspecify.annotations.NullMarked;
