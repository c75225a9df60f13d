/** What the parts of the hot path cost by themselves, for one event: time, and bytes of heap. */
@NullMarked
package io.melin.bench.micro;

import org.jspecify.annotations.NullMarked;
