/**
 * The exchange over REST. Start at {@code OrderController}; what is wrong with a request is said by
 * {@code Problems}.
 */
@NullMarked
package io.melin.sample.exchange.web;

import org.jspecify.annotations.NullMarked;
