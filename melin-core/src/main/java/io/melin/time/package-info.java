/** Clocks as ports, and the one rule by which journaled time moves. */
@NullMarked
package io.melin.time;

import org.jspecify.annotations.NullMarked;
