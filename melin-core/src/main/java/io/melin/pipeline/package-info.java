/**
 * The stages between a request and its answer, and the one assembly that wires them.
 *
 * <p>Start at {@link io.melin.pipeline.Pipeline}. Every stage has one owner thread; rings, cursors
 * and the frame buffer are the only things that two of them share.
 */
@NullMarked
package io.melin.pipeline;

import org.jspecify.annotations.NullMarked;
