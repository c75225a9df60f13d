package io.melin.bench.micro;

import io.melin.bench.counter.Counter;
import io.melin.pipeline.Pipeline;
import io.melin.pipeline.PipelinePorts;
import io.melin.pipeline.StageConfig;
import io.melin.stage.Layout;
import io.melin.stage.StageRunner;
import java.util.Map;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A lap of the ingress stage: it admits, numbers, stamps, copies and publishes what is there. */
@State(Scope.Thread)
public class IngressBenchmark {
    /** As many as one lap takes. */
    private static final int LAP = 1_024;

    private final PipelinePorts ports = PipelinePorts.system();
    private final Pipeline pipeline =
            Pipeline.builder(Counter.applier(), WindowStorage.journal())
                    .door(new CrowdedDoor(LAP))
                    .stages(new StageConfig(Layout.MANUAL, Map.of()))
                    .ports(ports)
                    .build();
    private final StageRunner ingress = pipeline.runners().get(0);
    private final StageRunner[] others =
            pipeline.runners().stream().skip(1).toArray(StageRunner[]::new);

    @Setup
    public void open() {
        ports.admission().open();
    }

    @Benchmark
    @OperationsPerInvocation(LAP)
    public int lap() {
        int taken = ingress.runOnce();
        if (taken != LAP) {
            throw new AssertionError("the ingress stopped: taken=" + taken);
        }
        return taken;
    }

    /** All stages behind it, on the same thread; not timed, but what they allocate is counted. */
    @TearDown(Level.Invocation)
    public void free() {
        int work = 1;
        while (work > 0) {
            work = 0;
            for (StageRunner runner : others) {
                work += runner.runOnce();
            }
        }
    }

    @TearDown
    public void check() {
        if (ports.failStop().isTripped() || !pipeline.isDrained()) {
            throw new AssertionError("a stage failed or stands still: " + pipeline.status());
        }
    }
}
