/** A small exchange on Melin: REST in front, one deterministic application behind. */
@NullMarked
package io.melin.sample.exchange;

import org.jspecify.annotations.NullMarked;
