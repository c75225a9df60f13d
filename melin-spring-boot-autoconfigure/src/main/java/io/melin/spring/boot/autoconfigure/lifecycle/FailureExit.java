package io.melin.spring.boot.autoconfigure.lifecycle;

import io.melin.health.NodeState;
import io.melin.health.StateChange;
import io.melin.health.StateListener;
import io.melin.node.StageStalledException;
import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor.DiscardPolicy;
import java.util.concurrent.TimeUnit;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/**
 * Ends the process after the node has failed, once the failure could be seen.
 *
 * <p>X1: the failure stays visible as DOWN for the delay. X2: the exit code is not zero. X3: an
 * exit that hangs, for instance in a write that never returns, is cut off. X4: a context that
 * closes first, because the start failed or somebody stopped it, ends without us.
 */
final class FailureExit implements StateListener, DisposableBean {
    static final int EXIT_CODE = 1;

    private static final Log LOG = LogFactory.getLog(FailureExit.class);

    /**
     * @param delay how long the failure stays visible
     * @param patience how long an orderly exit may take after that
     */
    record Config(Duration delay, Duration patience) {}

    private final Config config;
    private final ProcessExit process;
    private final ScheduledThreadPoolExecutor timer;

    FailureExit(Config config, ProcessExit process) {
        this.config = config;
        this.process = process;
        CustomizableThreadFactory threads = new CustomizableThreadFactory("melin-exit-");
        // X2: closing the context ends all other threads, and a JVM without any ends with code 0.
        threads.setDaemon(false);
        timer = new ScheduledThreadPoolExecutor(1, threads, new DiscardPolicy());
        timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    @Override
    public void changed(StateChange change) {
        if (change.state() != NodeState.FAILED || isStartFailure(change)) {
            return;
        }
        LOG.error(
                "the node has failed and the process will end: delay="
                        + config.delay()
                        + ", exitCode="
                        + EXIT_CODE
                        + "; set melin.failure.action=stop to keep it for a look");
        timer.schedule(this::exit, config.delay().toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * What fails a start is thrown to the one who starts, and closes the context; but a start that
     * hangs throws nothing.
     */
    private static boolean isStartFailure(StateChange change) {
        NodeState before = change.previous();
        boolean starts =
                before == null || before == NodeState.STARTING || before == NodeState.RECOVERING;
        return starts && !(change.cause() instanceof StageStalledException);
    }

    private void exit() {
        Thread guard =
                new CustomizableThreadFactory("melin-halt-").newThread(this::haltAfterPatience);
        guard.setDaemon(true);
        guard.start();
        process.exit(EXIT_CODE);
    }

    private void haltAfterPatience() {
        try {
            TimeUnit.MILLISECONDS.sleep(config.patience().toMillis());
            process.halt(EXIT_CODE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Lets an exit that is under way go on: it is what closes the context. */
    @Override
    public void destroy() {
        timer.shutdown();
    }

    /** For tests: whether nothing is left to happen. */
    boolean awaitEnd(long timeout, TimeUnit unit) throws InterruptedException {
        return timer.awaitTermination(timeout, unit);
    }
}
