/** How fast a start replays, and in how much memory. */
@NullMarked
package io.melin.bench.recovery;

import org.jspecify.annotations.NullMarked;
