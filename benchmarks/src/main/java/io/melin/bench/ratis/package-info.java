/** Apache Ratis as a peer: one member over gRPC, from its published artefacts. */
@NullMarked
package io.melin.bench.ratis;

import org.jspecify.annotations.NullMarked;
