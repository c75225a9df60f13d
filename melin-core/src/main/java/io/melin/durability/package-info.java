/**
 * Which copies must exist before a caller hears "done", as a pure function of positions; start at
 * {@link io.melin.durability.Policy} and {@link io.melin.durability.Gate}. No thread, no clock, no
 * shared state.
 */
@NullMarked
package io.melin.durability;

import org.jspecify.annotations.NullMarked;
