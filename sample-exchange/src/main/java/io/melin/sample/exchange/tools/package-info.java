/**
 * Looks at a journal without changing it: {@code inspect}, {@code verify} and {@code audit}, see
 * docs/tools.md.
 */
@NullMarked
package io.melin.sample.exchange.tools;

import org.jspecify.annotations.NullMarked;
