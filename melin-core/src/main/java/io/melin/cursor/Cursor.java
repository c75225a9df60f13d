package io.melin.cursor;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * A monotonic position with one writer at a time.
 *
 * <p>Range: starts at the position given, never decreases. Threading: one owner publishes;
 * ownership moves only over an edge that orders the two threads (a thread's start, the disk token).
 */
public final class Cursor extends CursorPadding implements CursorView {
    private static final VarHandle VALUE;

    static {
        try {
            VALUE = MethodHandles.lookup().findVarHandle(CursorValue.class, "value", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    public Cursor(long initial) {
        VALUE.setRelease(this, initial);
    }

    /** Owner only. Release: a reader that acquires {@code position} sees all earlier writes. */
    public void publish(long position) {
        assert position >= plain()
                : "cursor moved back: last=" + plain() + ", position=" + position;
        VALUE.setRelease(this, position);
    }

    /** Owner only: its own last position. */
    public long plain() {
        return (long) VALUE.get(this);
    }

    @Override
    public long acquire() {
        return (long) VALUE.getAcquire(this);
    }
}

/** Keeps the value away from whatever lies before it. */
@SuppressWarnings("unused")
class CursorLeftPadding {
    long l01, l02, l03, l04, l05, l06, l07, l08, l09, l10, l11, l12, l13, l14, l15;
}

class CursorValue extends CursorLeftPadding {
    long value;
}

/** Keeps the value away from whatever lies behind it. */
@SuppressWarnings("unused")
class CursorPadding extends CursorValue {
    long r01, r02, r03, r04, r05, r06, r07, r08, r09, r10, r11, r12, r13, r14, r15;
}
