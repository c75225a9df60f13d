package io.melin.integrity;

/** Cheap checks that stay on in production. A broken one is a bug and is never caught. */
public final class Invariant {
    private Invariant() {}

    /**
     * @throws AssertionError unless {@code holds}
     */
    public static void check(boolean holds, String message) {
        if (!holds) {
            throw new AssertionError(message);
        }
    }

    /**
     * @throws AssertionError unless the two are equal; the message names both
     */
    public static void checkEqual(long found, long expected, String what) {
        if (found != expected) {
            throw new AssertionError(what + ": expected=" + expected + ", found=" + found);
        }
    }
}
