@NullMarked
package io.melin.bench.client;

import org.jspecify.annotations.NullMarked;
