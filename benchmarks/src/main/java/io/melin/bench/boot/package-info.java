/** Two small Spring Boot applications, one with a node in it: what the starter costs at a start. */
@NullMarked
package io.melin.bench.boot;

import org.jspecify.annotations.NullMarked;
