@NullMarked
package io.melin.bench.counter;

import org.jspecify.annotations.NullMarked;
