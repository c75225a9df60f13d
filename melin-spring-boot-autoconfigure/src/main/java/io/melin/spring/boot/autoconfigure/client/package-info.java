/** A client of a gateway elsewhere, where it has servers; start at the auto-configuration. */
@NullMarked
package io.melin.spring.boot.autoconfigure.client;

import org.jspecify.annotations.NullMarked;
