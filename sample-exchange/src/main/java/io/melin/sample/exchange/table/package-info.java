/**
 * Primitive tables that never allocate once grown: a hash table over two longs and a slab of
 * records.
 */
@NullMarked
package io.melin.sample.exchange.table;

import org.jspecify.annotations.NullMarked;
