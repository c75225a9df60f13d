package io.melin.spring.boot.autoconfigure.lifecycle;

import io.melin.node.MelinNode;
import io.melin.node.NodeStatus;
import io.melin.spring.boot.autoconfigure.NodeWarmUp;
import io.melin.stage.ThreadFacts;
import java.time.Duration;
import java.util.concurrent.Executor;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.task.SimpleAsyncTaskExecutor;

/**
 * Starts the node before the web server and stops it after: the replay has finished before a port
 * opens, and requests in flight are answered before the pipeline ends. Start after stop works.
 */
final class MelinLifecycle implements SmartLifecycle {
    /** Below the web server's start and stop (MAX - 2048), above whatever it needs itself. */
    static final int PHASE = Integer.MAX_VALUE - 4096;

    /**
     * @param autoStartup whether the context starts the node
     * @param drainTimeout how long a stop waits for what was taken
     */
    record Config(boolean autoStartup, Duration drainTimeout) {}

    private static final Log LOG = LogFactory.getLog(MelinLifecycle.class);

    private final Config config;
    private final MelinNode<?, ?> node;
    private final AvailabilityReporter availability;
    private final @Nullable NodeWarmUp warmUp;
    private final Executor drains = new SimpleAsyncTaskExecutor("melin-drain-");
    private volatile boolean running;

    /**
     * @param warmUp before the first start; null for none
     */
    MelinLifecycle(
            Config config,
            MelinNode<?, ?> node,
            AvailabilityReporter availability,
            @Nullable NodeWarmUp warmUp) {
        this.config = config;
        this.node = node;
        this.availability = availability;
        this.warmUp = warmUp;
    }

    @Override
    public void start() {
        availability.beforeStart();
        if (warmUp != null) {
            warmUp.run();
        }
        node.start();
        running = true;
        announce(node.status());
    }

    /** The one line that says what an answer of this node is worth. */
    private static void announce(NodeStatus status) {
        NodeStatus.Run run = status.run();
        if (run != null) {
            LOG.info(
                    "the node is serving: role="
                            + status.role()
                            + ", policy="
                            + status.policy()
                            + ", directory="
                            + run.journal().directory()
                            + ", lastSequence="
                            + run.journal().recovery().lastSequence()
                            + ", threads="
                            + run.threads().stream().map(ThreadFacts::stages).toList());
            if (run.gateway() != null) {
                GatewayNotice.of(run.gateway()).write(LOG);
            }
        }
    }

    @Override
    public void stop() {
        availability.beforeStop();
        try {
            node.stop(config.drainTimeout());
        } finally {
            running = false;
        }
    }

    /** Drains on a thread of its own: other beans of the phase stop meanwhile. */
    @Override
    public void stop(Runnable callback) {
        drains.execute(() -> {
            try {
                stop();
            } finally {
                callback.run();
            }
        });
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public boolean isAutoStartup() {
        return config.autoStartup();
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}
