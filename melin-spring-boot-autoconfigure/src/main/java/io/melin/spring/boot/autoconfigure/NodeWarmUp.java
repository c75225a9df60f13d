package io.melin.spring.boot.autoconfigure;

import io.melin.app.WarmUp;
import io.melin.warmup.Rehearsal;
import java.io.IOException;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Rehearses once, before the node's first start: what the compiler knows by then it still knows
 * after a restart of the context's beans. Threading: that of the lifecycle.
 */
public final class NodeWarmUp {
    private static final Log LOG = LogFactory.getLog(NodeWarmUp.class);

    private final Rehearsing rehearsing;
    private boolean isDone;

    <E> NodeWarmUp(Rehearsal<E, ?> rehearsal, WarmUp<E> events) {
        this.rehearsing = () -> rehearsal.run(events);
    }

    /**
     * @throws IllegalStateException if the events cannot be applied, or have no room
     */
    public void run() {
        if (isDone) {
            return;
        }
        LOG.info("warming up: nodes and journals of the next lines are twins, until it has ended");
        try {
            report(rehearsing.run());
        } catch (IOException | RuntimeException e) {
            throw new IllegalStateException(
                    "the warm-up failed, nothing was served yet: "
                            + e.getMessage()
                            + "; mend the WarmUp bean, or remove it to start cold",
                    e);
        }
        isDone = true;
    }

    private static void report(Rehearsal.Result result) {
        LOG.info(
                "warmed up: events="
                        + result.events()
                        + ", bySocket="
                        + result.bySocket()
                        + ", tookMs="
                        + result.tookNs() / 1_000_000
                        + (result.rests()
                                ? ""
                                : ", the compiler is still busy: lengthen melin.warm-up.time-max"));
    }

    /** A rehearsal with its events. */
    @FunctionalInterface
    private interface Rehearsing {
        Rehearsal.Result run() throws IOException;
    }
}
