/**
 * Space on the journal's volume: archives that may go, and the floor below which nothing new is
 * taken.
 *
 * <p>On a thread of its own, beside the pipeline: deletions and looks at the volume may take as
 * long as they like.
 */
@NullMarked
package io.melin.retention;

import org.jspecify.annotations.NullMarked;
