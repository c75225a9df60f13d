package io.melin.app;

/** What an application may know beside the event: identical on every replay. */
public interface EventContext {

    /** The event's place in the one order; dense, from 1. */
    long sequence();

    /** Journaled time, Unix epoch, nanoseconds; never decreases. */
    long timeNs();

    /** The client part of the event's id, or 0 for an event without one. */
    long client();
}
