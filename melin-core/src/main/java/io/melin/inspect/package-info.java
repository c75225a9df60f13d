/**
 * Looks at a journal's directory, stopped or running, without changing a byte of it.
 *
 * <p>Start at {@link io.melin.inspect.Inspector}.
 */
@NullMarked
package io.melin.inspect;

import org.jspecify.annotations.NullMarked;
