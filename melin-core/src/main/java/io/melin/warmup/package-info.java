/**
 * What a node does before it serves, so that its first callers need not wait for the compiler.
 *
 * <p>Start at {@link io.melin.warmup.Rehearsal}.
 */
@NullMarked
package io.melin.warmup;

import org.jspecify.annotations.NullMarked;
