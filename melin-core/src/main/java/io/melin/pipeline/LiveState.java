package io.melin.pipeline;

import io.melin.app.QueryContext;

/** What a door may ask the node beside the application. Threading: the application thread. */
public interface LiveState extends QueryContext {

    /**
     * The highest request number of a client that was ever taken, 0 for none or a forgotten one.
     *
     * @param idScheme as {@link io.melin.event.IdScheme} lists them, name space included
     */
    long highestRequest(byte idScheme, long client);
}
