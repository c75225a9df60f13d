package io.melin.trace;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * A cumulative count with one writer, alone on its cache lines.
 *
 * <p>Threading: the owner adds as often as it likes, at the cost of a plain addition, and publishes
 * once per batch and before it idles; any thread reads what was published.
 */
public final class StageCounter extends StageCounterPadding {
    private static final VarHandle PUBLISHED;

    static {
        try {
            PUBLISHED =
                    MethodHandles.lookup()
                            .findVarHandle(StageCounterValue.class, "published", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** Owner only. */
    public void add(long count) {
        counted += count;
    }

    /** Owner only. Release: a reader that sees the count sees all earlier writes. */
    public void publish() {
        PUBLISHED.setRelease(this, counted);
    }

    /** The published count. */
    public long acquire() {
        return (long) PUBLISHED.getAcquire(this);
    }
}

/** Keeps the values away from whatever lies before them. */
@SuppressWarnings("unused")
class StageCounterLeftPadding {
    long l01, l02, l03, l04, l05, l06, l07, l08, l09, l10, l11, l12, l13, l14, l15;
}

class StageCounterValue extends StageCounterLeftPadding {
    long counted;
    long published;
}

/** Keeps the values away from whatever lies behind them. */
@SuppressWarnings("unused")
class StageCounterPadding extends StageCounterValue {
    long r01, r02, r03, r04, r05, r06, r07, r08, r09, r10, r11, r12, r13, r14, r15;
}
