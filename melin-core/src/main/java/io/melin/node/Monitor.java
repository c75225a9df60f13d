package io.melin.node;

import io.melin.health.StallProbe;
import io.melin.health.StallWatch;
import io.melin.health.StateModel;
import io.melin.pipeline.PipelineStatus;
import io.melin.stage.FailStop;
import io.melin.stage.Stage;
import io.melin.stage.StageRunner;
import io.melin.time.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Watches one run from a thread of its own: turns a stage that stands still into a failure, and a
 * failure into the state FAILED with every caller told.
 */
final class Monitor implements Stage {
    private final NodeRun<?, ?> run;
    private final StateModel state;
    private final TimeSource time;
    private final StallWatch watch;
    private boolean isHandled;

    /**
     * @param limit how long a stage may stand still with work at hand
     */
    Monitor(NodeRun<?, ?> run, StateModel state, TimeSource time, Duration limit) {
        this.run = run;
        this.state = state;
        this.time = time;
        this.watch = new StallWatch(probes(run, limit.toNanos()));
    }

    @Override
    public String name() {
        return "monitor";
    }

    @Override
    public int doWork() {
        if (isHandled) {
            return 0;
        }
        String stalled = watch.check(time.tickerNs());
        if (stalled != null) {
            run.failStop.trip(stalled, new StageStalledException(stalled));
        }
        FailStop.Failure failure = run.failStop.failure();
        if (failure != null) {
            isHandled = true;
            state.fail(failure.toString(), failure.cause());
            run.abandon(failure.cause());
        }
        return 0;
    }

    /** Named parts first: in a layout with one thread a heartbeat would name all of its stages. */
    private static List<StallProbe> probes(NodeRun<?, ?> run, long limitNs) {
        List<StallProbe> probes = new ArrayList<>();
        probes.add(
                new StallProbe(
                        "disk",
                        () -> run.pipeline.status().durable(),
                        () -> {
                            PipelineStatus status = run.pipeline.status();
                            return status.framed() > status.durable();
                        },
                        limitNs));
        for (StageRunner runner : run.pipeline.runners()) {
            probes.add(
                    new StallProbe(
                            String.join("+", runner.facts().stages()),
                            runner::laps,
                            () -> !runner.isClosed(),
                            limitNs));
        }
        return probes;
    }
}
