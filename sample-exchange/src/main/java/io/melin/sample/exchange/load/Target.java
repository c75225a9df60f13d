package io.melin.sample.exchange.load;

/**
 * Whom the load is for, and how it meets it.
 *
 * @param isEcho a bare echo server instead of an exchange
 * @param reconnects whether a lost connection is opened again, and what has no answer sent again
 * @param setsUp whether instruments and deposits are made first
 */
record Target(
        String host,
        int port,
        boolean isEcho,
        boolean reconnects,
        boolean setsUp,
        Identity identity) {}
