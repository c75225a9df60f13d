/** What the making of the next segment costs whoever writes into this one. */
@NullMarked
package io.melin.bench.preparer;

import org.jspecify.annotations.NullMarked;
