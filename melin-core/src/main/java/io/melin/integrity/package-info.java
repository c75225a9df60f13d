/** Checks that cost nothing to trust: checksums, the hash chain, always-on invariants. */
@NullMarked
package io.melin.integrity;

import org.jspecify.annotations.NullMarked;
