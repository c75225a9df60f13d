package io.melin.node;

import io.melin.app.Application;
import io.melin.app.Codec;
import io.melin.app.MelinOperations;
import io.melin.app.Refusal;
import io.melin.health.NodeState;
import io.melin.health.StateModel;
import io.melin.health.StateView;
import io.melin.journal.RotationResult;
import io.melin.journaled.JournaledApplication;
import io.melin.stage.FailStop;
import io.melin.stage.IdleStrategy;
import io.melin.stage.Layout;
import io.melin.stage.Stage;
import io.melin.stage.StageRunner;
import io.melin.stage.ThreadWakeup;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * One node around a user's application: recovers it, runs it, watches it, drains and closes it.
 *
 * <p>N1: {@link #start} returns serving, or throws and leaves nothing behind: no thread, no lock,
 * no open file. N2: start after stop works any number of times. N3: after a failure the node
 * answers nobody until it was stopped and started.
 *
 * <p>Threading: any thread; {@link #start} and {@link #stop} exclude each other.
 *
 * @param <E> the event type
 * @param <R> the report type
 */
public final class MelinNode<E, R> implements AutoCloseable {
    private static final long DRAIN_POLL_NS = 200_000;
    private static final long MONITOR_NS = 20_000_000;
    private static final Duration MONITOR_END = Duration.ofSeconds(5);

    private final JournaledApplication.Program<E, R> program;
    private final MelinConfig config;
    private final NodePorts ports;
    private final StateModel state;
    private final NodeMeters meters;
    private final NodeOperations<E, R> operations = new NodeOperations<>();
    private volatile @Nullable NodeRun<E, R> run;
    private @Nullable StageRunner monitor;

    MelinNode(JournaledApplication.Program<E, R> program, MelinConfig config, NodePorts ports) {
        this.program = program;
        this.config = config;
        this.ports = ports;
        this.state = new StateModel(ports.time());
        this.meters = new NodeMeters(config);
    }

    /** A node that runs twins of {@code prototype}; its codecs as given. */
    public static <E, R> MelinNode<E, R> create(
            Application<E, R> prototype, Codec<E> events, Codec<R> reports, MelinConfig config) {
        return new MelinNode<>(
                new JournaledApplication.Program<>(prototype, events, reports),
                config,
                NodePorts.system());
    }

    /** As {@link #create}, on another machine's ports: a simulated disk, a manual clock. */
    public static <E, R> MelinNode<E, R> create(
            JournaledApplication.Program<E, R> program, MelinConfig config, NodePorts ports) {
        return new MelinNode<>(program, config, ports);
    }

    /**
     * Recovers and serves. Waits for the local recovery, never for a peer. Does nothing when it
     * runs. A disk call that hangs cannot be interrupted: the state is FAILED then, after the stall
     * timeout, and this throws once the call is back.
     *
     * @throws io.melin.journal.JournalException if the journal cannot be opened; it says what to do
     * @throws io.melin.gateway.GatewayBindException if the gateway's address cannot be bound
     * @throws io.melin.gateway.TransportUnavailableException if this machine has not its transport
     * @throws io.melin.gateway.KeyFileException if the gateway's keys cannot be read
     * @throws io.melin.snapshot.SnapshotException if its newest good snapshot cannot be taken
     * @throws IllegalArgumentException if the configuration is impossible here
     */
    public synchronized void start() {
        if (run != null) {
            return;
        }
        NodeState before = state.state();
        if (before == NodeState.DRAINING || before == NodeState.FAILED) {
            state.reset();
        }
        state.enter(NodeState.RECOVERING, "opening the journal");
        try {
            NodeRun<E, R> opened = recover();
            meters.follow(opened);
            run = opened;
            serve(opened);
        } catch (RuntimeException | Error e) {
            state.fail("start failed: " + e.getMessage(), e);
            NodeRun<E, R> opened = run;
            if (opened != null) {
                opened.failStop.trip("start", e);
                end(opened);
            }
            throw e;
        }
    }

    private NodeRun<E, R> recover() {
        WatchedStorage storage = new WatchedStorage(ports.storage());
        StageRunner watcher =
                watcher(new RecoveryWatch(storage, state, ports.time(), config.stallTimeout()));
        if (config.stages().layout() != Layout.MANUAL) {
            watcher.start();
        }
        try {
            return new NodeRun<>(program, config, ports.withStorage(storage), meters);
        } finally {
            watcher.stop();
            watcher.joinUninterruptibly(MONITOR_END);
        }
    }

    private StageRunner watcher(Stage stage) {
        return new StageRunner(
                List.of(stage),
                new StageRunner.Config(
                        IdleStrategy.backoff(0, 0, MONITOR_NS), StageRunner.ANY_CORE),
                new StageRunner.Ports(
                        ports.threads(),
                        ports.pinning(),
                        ports.time(),
                        new FailStop(),
                        new ThreadWakeup()));
    }

    private void serve(NodeRun<E, R> opened) {
        StageRunner watcher =
                watcher(new Monitor(opened, state, ports.time(), config.stallTimeout()));
        opened.failStop.addListener(failure -> opened.admission.close(Refusal.DRAINING));
        monitor = watcher;
        if (!opened.pipeline.isManual()) {
            opened.start();
            watcher.start();
        }
        operations.use(opened.operations());
        opened.admission.open();
        if (!state.enter(NodeState.SERVING, "recovered")) {
            throw new IllegalStateException("a stage failed at once", state.current().cause());
        }
    }

    /**
     * Refuses what is new, waits for what was taken, ends all threads, closes all files.
     *
     * @param drainTimeout how long to wait for the disk; what is not answered by then has an
     *     unknown outcome. An interrupt ends this wait and no other
     */
    public synchronized void stop(Duration drainTimeout) {
        NodeRun<E, R> running = run;
        if (running == null) {
            return;
        }
        state.enter(NodeState.DRAINING, "stop");
        running.admission.close(Refusal.DRAINING);
        // Whoever goes on submitting must not keep the drain from its end.
        operations.use(null);
        drain(running, drainTimeout);
        try {
            end(running);
        } catch (RuntimeException | Error e) {
            // What was answered is on the disk; that it could not be closed is seen all the same.
            state.fail("stop failed: " + e.getMessage(), e);
            throw e;
        }
    }

    /** Stops without waiting for more than what is already at the disk. */
    @Override
    public void close() {
        stop(Duration.ofSeconds(1));
    }

    private void drain(NodeRun<E, R> running, Duration timeout) {
        boolean manual = running.pipeline.isManual();
        long timeoutNs = TimeUnit.NANOSECONDS.convert(timeout);
        long startedNs = ports.time().tickerNs();
        while (!running.isDrained() && !running.failStop.isTripped()) {
            boolean idle = manual && runOnce() == 0;
            boolean late = ports.time().tickerNs() - startedNs >= timeoutNs;
            if (idle || late || Thread.currentThread().isInterrupted()) {
                return;
            }
            if (!manual) {
                LockSupport.parkNanos(DRAIN_POLL_NS);
            }
        }
    }

    private void end(NodeRun<E, R> running) {
        operations.use(null);
        FailStop.Failure failure = running.failStop.failure();
        StageRunner watcher = monitor;
        if (watcher != null) {
            watcher.stop();
            watcher.joinUninterruptibly(MONITOR_END);
        }
        monitor = null;
        run = null;
        try {
            running.close(failure == null ? null : failure.cause());
        } finally {
            meters.settle();
        }
    }

    /**
     * One step of every part on the caller's thread; manual layout only.
     *
     * @return items done
     */
    public int runOnce() {
        NodeRun<E, R> running = run;
        StageRunner watcher = monitor;
        if (running == null || watcher == null) {
            return 0;
        }
        int work = running.runOnce();
        watcher.runOnce();
        return work;
    }

    /**
     * One step of one stage on the caller's thread; manual layout only, for tests that order stages
     * as a scheduler might.
     *
     * @param stage one of {@link io.melin.pipeline.StageConfig#STAGES}, or one in the background
     * @return items done
     */
    public int step(String stage) {
        NodeRun<E, R> running = run;
        return running == null ? 0 : running.pipeline.step(stage);
    }

    /**
     * Makes an archive of the journal's live segment and goes on in a new one, between two syncs.
     * Requests that wait share one rotation; an empty segment is left as it is.
     *
     * @return what it came to; fails with {@link
     *     io.melin.journal.JournalException.RotationFailed} if the old segment goes on, with
     *     another cause if the node does not run
     */
    public CompletableFuture<RotationResult> rotate() {
        NodeRun<E, R> running = run;
        return running == null
                ? CompletableFuture.failedFuture(
                        new IllegalStateException("node does not run: state=" + state.state()))
                : running.pipeline.rotate();
    }

    /** Stays the same over restarts. */
    public MelinOperations<E, R> operations() {
        return operations;
    }

    public StateView state() {
        return state;
    }

    /** Counts over all runs of this node. */
    public NodeMeters meters() {
        return meters;
    }

    public NodeStatus status() {
        return NodeStatus.of(state.current(), config, run, ports.time().tickerNs());
    }
}
