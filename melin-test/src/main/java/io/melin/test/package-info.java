/**
 * What a deterministic test of a Melin application needs: a disk that crashes, a clock that stands
 * still, and the node stepped by hand. Start at {@link io.melin.test.SimulatedDisk}.
 */
@NullMarked
package io.melin.test;

import org.jspecify.annotations.NullMarked;
