/** What every process of a benchmark shares: how it is started, and how its figures come back. */
@NullMarked
package io.melin.bench.part;

import org.jspecify.annotations.NullMarked;
