package io.melin.client;

/** What callers, loop and callback thread share; each part says how. */
record ClientShared<R>(CallExchange<R> exchange, RequestNumbers numbers, StateBoard board) {}
