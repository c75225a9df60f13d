/**
 * Snapshots of a state: their bytes, and the files that hold them. What the state is, is for the
 * caller to say.
 *
 * <p>Start at {@link io.melin.snapshot.SnapshotStore}. Threading: one caller at a time.
 */
@NullMarked
package io.melin.snapshot;

import org.jspecify.annotations.NullMarked;
