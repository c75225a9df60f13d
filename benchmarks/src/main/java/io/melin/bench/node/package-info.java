/** What all nodes that are measured have in common. */
@NullMarked
package io.melin.bench.node;

import org.jspecify.annotations.NullMarked;
