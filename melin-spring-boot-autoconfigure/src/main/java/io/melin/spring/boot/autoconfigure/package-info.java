/**
 * Turns one {@link io.melin.app.Application} bean into a running Melin node.
 */
@NullMarked
package io.melin.spring.boot.autoconfigure;

import org.jspecify.annotations.NullMarked;
