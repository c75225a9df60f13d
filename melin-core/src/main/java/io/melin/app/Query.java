package io.melin.app;

/**
 * A read-only question, asked on the application's own thread between two events.
 *
 * @param <A> the application's type
 * @param <T> the answer's type; must be a copy, never a part of the state
 */
@FunctionalInterface
public interface Query<A, T> {
    T ask(A application, QueryContext live);
}
