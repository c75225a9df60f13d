package io.melin.app;

/**
 * Events like those to come, which a node rehearses before it serves: code that the compiler has
 * seen at work is fast for the first caller too. What it has not seen it undoes when it comes, so
 * the mix should be the real one, of all kinds and sizes, rejections included.
 *
 * <p>They are applied to a twin with a fresh state and leave nothing behind.
 *
 * @param <E> the event type
 */
@FunctionalInterface
public interface WarmUp<E> {

    /**
     * @param index 0, 1 and so on, in the order in which the twin applies them
     * @return read before the next call, so it may be the same object again
     */
    E event(long index);
}
