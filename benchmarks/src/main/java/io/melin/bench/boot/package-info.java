/**
 * Small Spring Boot applications: what the starter costs at a start, and what its meters cost.
 */
@NullMarked
package io.melin.bench.boot;

import org.jspecify.annotations.NullMarked;
