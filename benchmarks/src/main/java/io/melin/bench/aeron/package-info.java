/** Aeron Cluster as a peer: one node, from its published artefacts, set up as its documents say. */
@NullMarked
package io.melin.bench.aeron;

import org.jspecify.annotations.NullMarked;
