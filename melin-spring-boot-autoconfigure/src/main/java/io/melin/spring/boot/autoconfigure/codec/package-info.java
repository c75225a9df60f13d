/**
 * The codec that stands in where the user has declared none: JSON over sealed types and records.
 */
@NullMarked
package io.melin.spring.boot.autoconfigure.codec;

import org.jspecify.annotations.NullMarked;
