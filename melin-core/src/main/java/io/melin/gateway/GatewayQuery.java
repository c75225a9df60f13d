package io.melin.gateway;

import io.melin.app.Application;
import io.melin.app.QueryContext;

/** A read-only question of a client on a socket. */
@FunctionalInterface
public interface GatewayQuery {

    /**
     * Answers on the application's thread, after every event that came before.
     *
     * <p>Fails: what it throws, but for an {@link Error}, answers this request and no other.
     *
     * @param application the running twin; must not be changed or kept
     */
    void answer(Application<?, ?> application, QueryContext live, FrameSink to);
}
