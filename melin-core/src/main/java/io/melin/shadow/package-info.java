/**
 * Snapshots off the hot path: a private twin of the application, fed from the journal's files.
 *
 * <p>Start at {@link io.melin.shadow.ShadowSnapshotter}, which runs on a thread of its own and
 * shares nothing with the pipeline but the durable point.
 */
@NullMarked
package io.melin.shadow;

import org.jspecify.annotations.NullMarked;
