@NullMarked
package io.melin.bench.limits;

import org.jspecify.annotations.NullMarked;
