/**
 * The door for callers in this process: futures in front, rings behind.
 *
 * <p>Start at {@link io.melin.local.LocalDoor}. A call is one of a fixed number of permits, so
 * whatever is in flight always fits the queues behind it.
 */
@NullMarked
package io.melin.local;

import org.jspecify.annotations.NullMarked;
