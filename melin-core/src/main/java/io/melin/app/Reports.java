package io.melin.app;

/** Takes what an event caused. */
public interface Reports<R> {

    /** Encodes the report at once, so that {@code report} may be a reused flyweight. */
    void add(R report);
}
