@NullMarked
package io.melin.bench.run;

import org.jspecify.annotations.NullMarked;
