package io.melin.cursor;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Three longs that belong together, with one writer at a time and any number of readers.
 *
 * <p>A sequence lock: the version is odd while the writer is between its first and last store. A
 * reader that saw a version move reads again; the writer never waits.
 */
public final class CursorTriple {
    private static final VarHandle VERSION;
    private static final VarHandle WORDS = MethodHandles.arrayElementVarHandle(long[].class);

    static {
        try {
            VERSION =
                    MethodHandles.lookup().findVarHandle(CursorTriple.class, "version", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final long[] words = new long[3];

    @SuppressWarnings("unused") // by VERSION
    private long version;

    public CursorTriple(long first, long second, long third) {
        publish(first, second, third);
    }

    /** Owner only. A reader sees all three, or all three of an earlier call. */
    public void publish(long first, long second, long third) {
        long before = (long) VERSION.get(this);
        VERSION.setOpaque(this, before + 1);
        // The odd version must be visible before any word of the new value is.
        VarHandle.releaseFence();
        WORDS.setOpaque(words, 0, first);
        WORDS.setOpaque(words, 1, second);
        WORDS.setOpaque(words, 2, third);
        VERSION.setRelease(this, before + 2);
    }

    /** Copies one published value into the first three elements of {@code target}. */
    public void acquire(long[] target) {
        while (true) {
            long before = (long) VERSION.getAcquire(this);
            for (int i = 0; i < words.length; i++) {
                target[i] = (long) WORDS.getOpaque(words, i);
            }
            // The words must have been read before the version is looked at again.
            VarHandle.acquireFence();
            if ((before & 1) == 0 && (long) VERSION.getOpaque(this) == before) {
                return;
            }
            Thread.onSpinWait();
        }
    }
}
