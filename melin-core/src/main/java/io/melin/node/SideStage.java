package io.melin.node;

import io.melin.stage.FailStop;
import io.melin.stage.IdleStrategy;
import io.melin.stage.Stage;
import io.melin.stage.StageRunner;
import io.melin.stage.ThreadFacts;
import io.melin.stage.ThreadWakeup;
import java.time.Duration;
import java.util.List;

/**
 * A stage beside the pipeline, on a thread of its own. Its fail-stop is its own: whatever befalls
 * it, the node goes on.
 */
final class SideStage {
    private final StageRunner runner;
    private final boolean isManual;

    /**
     * @param idleNs how long it rests when there is nothing to do; nobody wakes it
     * @param isManual whether the caller steps it
     */
    SideStage(Stage stage, long idleNs, NodePorts ports, boolean isManual) {
        this.isManual = isManual;
        this.runner =
                new StageRunner(
                        List.of(stage),
                        new StageRunner.Config(
                                IdleStrategy.backoff(0, 0, idleNs), StageRunner.ANY_CORE),
                        new StageRunner.Ports(
                                ports.threads(),
                                ports.pinning(),
                                ports.time(),
                                new FailStop(),
                                new ThreadWakeup()));
    }

    void start() {
        if (!isManual) {
            runner.start();
        }
    }

    /** One lap on the caller's thread; manual layout only. */
    int runOnce() {
        return isManual ? runner.runOnce() : 0;
    }

    ThreadFacts facts() {
        return runner.facts();
    }

    /** No more laps from now on. */
    void stop() {
        runner.stop();
        if (isManual) {
            runner.runOnce();
        }
    }

    /** Whether it has ended by then. */
    boolean join(Duration limit) {
        return runner.joinUninterruptibly(limit);
    }
}
