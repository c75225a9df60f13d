@NullMarked
package io.melin.bench.floor;

import org.jspecify.annotations.NullMarked;
