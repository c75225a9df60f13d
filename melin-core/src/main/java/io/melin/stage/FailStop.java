package io.melin.stage;

import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The signal that one stage failed and all must stop. Never reset.
 *
 * <p>F1: the first failure stays the cause, later ones are suppressed into it. F2: every listener
 * hears of it exactly once, on the thread that tripped it, or on its own when it came later, and no
 * lock is held meanwhile. Threading: any.
 */
public final class FailStop {
    private static final System.Logger LOG = System.getLogger(FailStop.class.getName());

    private final AtomicReference<@Nullable Failure> first = new AtomicReference<>();
    private final List<Registration> registrations = new CopyOnWriteArrayList<>();

    /**
     * What went wrong and where.
     *
     * @param stage name of the stage
     * @param cause what it threw
     * @param sequence the event at hand, 0 when not known
     */
    public record Failure(String stage, Throwable cause, long sequence) {
        @Override
        public String toString() {
            return "stage failed: stage=" + stage + ", sequence=" + sequence + ", cause=" + cause;
        }
    }

    /** Told of the first failure. Must neither wait nor throw. */
    @FunctionalInterface
    public interface Listener {
        void onFailStop(Failure failure);
    }

    public boolean isTripped() {
        return first.getAcquire() != null;
    }

    /** The first failure, or null while there is none. */
    public @Nullable Failure failure() {
        return first.getAcquire();
    }

    /**
     * @throws FailStopException once tripped
     */
    public void check() {
        Failure failure = first.getAcquire();
        if (failure != null) {
            throw new FailStopException(failure);
        }
    }

    /** As {@link #trip(String, Throwable, long)} when the event is not known. */
    public boolean trip(String stage, Throwable cause) {
        return trip(stage, cause, 0);
    }

    /**
     * Stops everything.
     *
     * @return whether this was the first failure
     */
    public boolean trip(String stage, Throwable cause, long sequence) {
        Failure failure = new Failure(stage, cause, sequence);
        if (!first.compareAndSet(null, failure)) {
            suppress(cause);
            return false;
        }
        LOG.log(Level.ERROR, failure.toString(), cause);
        for (Registration registration : registrations) {
            notifyOnce(registration, failure);
        }
        return true;
    }

    /** Hears of the first failure; at once, on the caller's thread, when there was one already. */
    public void addListener(Listener listener) {
        Registration registration = new Registration(listener, new AtomicBoolean());
        registrations.add(registration);
        Failure failure = first.getAcquire();
        if (failure != null) {
            notifyOnce(registration, failure);
        }
    }

    private void notifyOnce(Registration registration, Failure failure) {
        if (registration.told().compareAndSet(false, true)) {
            try {
                registration.listener().onFailStop(failure);
            } catch (Throwable e) {
                suppress(e);
            }
        }
    }

    private void suppress(Throwable later) {
        Failure failure = first.getAcquire();
        // A FailStopException only says again what the first failure says.
        if (failure != null && later != failure.cause() && !(later instanceof FailStopException)) {
            failure.cause().addSuppressed(later);
        }
    }

    private record Registration(Listener listener, AtomicBoolean told) {}
}
