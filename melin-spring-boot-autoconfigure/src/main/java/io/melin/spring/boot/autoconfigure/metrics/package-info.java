/**
 * The node's meters; {@link io.melin.spring.boot.autoconfigure.metrics.MelinMeter} is the contract.
 */
@NullMarked
package io.melin.spring.boot.autoconfigure.metrics;

import org.jspecify.annotations.NullMarked;
