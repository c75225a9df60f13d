/**
 * A node: recovers, assembles, runs, watches, drains, closes, and can be started again.
 *
 * <p>Start at {@link io.melin.node.MelinNode}.
 */
@NullMarked
package io.melin.node;

import org.jspecify.annotations.NullMarked;
