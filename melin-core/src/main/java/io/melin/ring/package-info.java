/**
 * Rings of primitive slots with their payload bytes in one arena; start at {@link ArenaRing}. The
 * only package that knows the ring library.
 */
@NullMarked
package io.melin.ring;

import org.jspecify.annotations.NullMarked;
