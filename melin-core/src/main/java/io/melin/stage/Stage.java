package io.melin.stage;

/**
 * A duty cycle with one owner: no thread, no clock, no idling of its own.
 *
 * <p>Threading: all methods but {@link #name} are called by the one thread that runs the stage.
 */
public interface Stage {

    /** A short lower-case word: it tags meters and names the thread. */
    String name();

    /** Once, before the first lap. */
    default void onStart() throws Exception {}

    /**
     * One bounded step; never waits but for a write or a force. When the next stage is full it
     * returns, and goes on at the same item the next time.
     *
     * <p>Fails: whatever it throws stops all stages for good.
     *
     * @return items done, 0 when there was nothing to do
     */
    int doWork() throws Exception;

    /**
     * How long it may be left alone after a step without work, if nobody signals its waiter; asked
     * before each wait.
     *
     * @return nanoseconds from now, 0 or less for not at all, {@link Long#MAX_VALUE} for any time
     */
    default long restNs() {
        return Long.MAX_VALUE;
    }

    /** The event at hand, for the report of a failure; 0 when there is none. */
    default long sequence() {
        return 0;
    }

    /**
     * Once, last, on the stage's thread; also after a failure of any stage, and even when {@link
     * #onStart} failed or was not reached. After a failure it must not write.
     */
    default void onClose() throws Exception {}
}
