/** Chronicle Queue as a peer, from its published artefacts. */
@NullMarked
package io.melin.bench.chronicle;

import org.jspecify.annotations.NullMarked;
