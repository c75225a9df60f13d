/** The door for clients on sockets, where it has a port; start at the auto-configuration. */
@NullMarked
package io.melin.spring.boot.autoconfigure.gateway;

import org.jspecify.annotations.NullMarked;
