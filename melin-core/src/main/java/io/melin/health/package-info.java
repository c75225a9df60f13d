/**
 * What a node is doing, as one state model read from memory only; start at
 * {@link io.melin.health.NodeState} and {@link io.melin.health.StateModel}. Control threads write,
 * any thread reads.
 */
@NullMarked
package io.melin.health;

import org.jspecify.annotations.NullMarked;
