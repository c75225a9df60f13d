/**
 * Where an event's time went: sampled stamps, cumulative latency counts, and the last and the
 * slowest records; start at {@link io.melin.trace.TraceStamps} and {@link
 * io.melin.trace.LatencyTrace}. Every array has one writer, a stage; control threads read without
 * locks.
 */
@NullMarked
package io.melin.trace;

import org.jspecify.annotations.NullMarked;
