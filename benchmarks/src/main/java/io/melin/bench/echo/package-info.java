/** What the network library by itself can do, with answers as large as those of a node. */
@NullMarked
package io.melin.bench.echo;

import org.jspecify.annotations.NullMarked;
