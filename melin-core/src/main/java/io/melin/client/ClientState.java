package io.melin.client;

/** What a client is doing about its connection. */
public enum ClientState {
    /** On its way: connecting, logging in, asking for its highest request number. */
    CONNECTING,
    /** Requests are sent and answered. */
    READY,
    /** Pausing before the next attempt; what is in flight is kept. */
    WAITING,
    /** For good. */
    CLOSED
}
