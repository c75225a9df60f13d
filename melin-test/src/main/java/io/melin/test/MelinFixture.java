package io.melin.test;

import io.melin.app.Application;
import io.melin.app.Codec;
import io.melin.app.EventId;
import io.melin.app.MelinResult;
import io.melin.app.Query;
import io.melin.gateway.netty.NettyTransport;
import io.melin.journal.JournalConfig;
import io.melin.journaled.JournaledApplication;
import io.melin.node.MelinConfig;
import io.melin.node.MelinNode;
import io.melin.node.NodePorts;
import io.melin.node.NodeStatus;
import io.melin.pipeline.PipelineConfig;
import io.melin.pipeline.StageConfig;
import io.melin.stage.Layout;
import io.melin.stage.Pinning;
import io.melin.stage.Threads;
import io.melin.storage.Storage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;

/**
 * Runs a user's application on a whole node, on the test's own thread: simulated disk, manual
 * clock, every stage stepped by hand. Nothing in it waits for real time.
 *
 * <pre>
 * try (MelinFixture&lt;Event, Report&gt; melin = MelinFixture.of(new Counter(), events, reports)) {
 *     melin.given(new Add(1)).when(new Add(2)).outputs(new Changed(3));
 *     melin.crashAndRecover();
 *     assertEquals(3, melin.query(Counter.class, (counter, live) -&gt; counter.total()));
 * }
 * </pre>
 *
 * <p>Threading: one.
 *
 * @param <E> the event type
 * @param <R> the report type
 */
public final class MelinFixture<E, R> implements AutoCloseable {
    /** Where simulated time begins: 2026-01-01T00:00:00Z. */
    public static final long START_NS = 1_767_225_600_000_000_000L;

    private static final Path DIRECTORY = Path.of("simulated");
    private static final int IDLE_STEPS_MAX = 64;

    private final JournaledApplication.Program<E, R> program;
    private final SimulatedDisk disk;
    private final ManualTime time = new ManualTime(START_NS);
    private final MelinConfig config;
    private final long seed;
    private final UnaryOperator<Storage> storage;
    private MelinNode<E, R> node;
    private long crashes;

    private MelinFixture(
            JournaledApplication.Program<E, R> program,
            MelinConfig config,
            long seed,
            UnaryOperator<Storage> storage) {
        this.program = program;
        this.config = config;
        this.seed = seed;
        this.storage = storage;
        this.disk = new SimulatedDisk(seed);
        this.node = started();
    }

    /** A node around a twin of {@code application}, with an empty journal. */
    public static <E, R> MelinFixture<E, R> of(
            Application<E, R> application, Codec<E> events, Codec<R> reports) {
        return of(application, events, reports, 1);
    }

    /**
     * As above.
     *
     * @param seed decides what a crash leaves of what was not synced
     */
    public static <E, R> MelinFixture<E, R> of(
            Application<E, R> application, Codec<E> events, Codec<R> reports, long seed) {
        return of(
                new JournaledApplication.Program<>(application, events, reports),
                smallConfig(),
                seed);
    }

    /** With another configuration, which must have the manual layout. */
    static <E, R> MelinFixture<E, R> of(
            JournaledApplication.Program<E, R> program, MelinConfig config, long seed) {
        return of(program, config, seed, UnaryOperator.identity());
    }

    /**
     * As above.
     *
     * @param storage what stands between the node and its disk
     */
    static <E, R> MelinFixture<E, R> of(
            JournaledApplication.Program<E, R> program,
            MelinConfig config,
            long seed,
            UnaryOperator<Storage> storage) {
        return new MelinFixture<>(program, config, seed, storage);
    }

    /** Small rings, segments and space ahead: a fixture is cheap, rings wrap, segments rotate. */
    static MelinConfig smallConfig() {
        JournalConfig journal =
                JournalConfig.of(DIRECTORY, 1, 1)
                        .withSegmentBytes(JournalConfig.SEGMENT_BYTES_MIN)
                        .withPrezeroedBytes(1 << 14)
                        .withFrameBufferBytes(1 << 18, 1 << 18);
        return MelinConfig.of(DIRECTORY)
                .withJournal(journal)
                .withPipeline(new PipelineConfig(64, 1 << 17, 64, 1 << 17))
                .withStages(new StageConfig(Layout.MANUAL, Map.of()));
    }

    /** Submits events that must be taken and applied; their reports do not matter here. */
    @SafeVarargs
    public final MelinFixture<E, R> given(E... events) {
        for (E event : events) {
            MelinOutcome<R> outcome = when(event);
            outcome.applied();
        }
        return this;
    }

    /** Submits an event and steps the node until it is answered. */
    public MelinOutcome<R> when(E event) {
        return when(event, EventId.none());
    }

    /** Submits an event with an id and steps the node until it is answered. */
    public MelinOutcome<R> when(E event, EventId id) {
        CompletableFuture<MelinResult<R>> future = node.operations().submit(event, id);
        settle(future);
        return new MelinOutcome<>(future);
    }

    /** Submits without a single step: the event is in flight when the next thing happens. */
    public CompletableFuture<MelinResult<R>> inFlight(E event, EventId id) {
        return node.operations().submit(event, id);
    }

    /** Asks the application, as {@link io.melin.app.MelinOperations#query} does. */
    public <A extends Application<E, R>, T> T query(Class<A> type, Query<A, T> query) {
        CompletableFuture<T> future = node.operations().query(type, query);
        settle(future);
        return future.join();
    }

    /**
     * Cuts the power and starts again: of what was not synced, some is lost, torn or reordered as
     * the seed decides. What was answered must still be there.
     */
    public MelinFixture<E, R> crashAndRecover() {
        disk.crash(CrashPlan.random(seed * 31 + crashes++));
        node = started();
        return this;
    }

    /** Stops in order and starts again on the same disk. */
    public MelinFixture<E, R> restart() {
        node.stop(Duration.ofSeconds(1));
        node.start();
        return this;
    }

    /**
     * Writes the state into a snapshot, restores a twin from it and compares the two: {@link
     * Application#snapshot} and {@link Application#restore} must be exact inverses. The node goes
     * on with its own state.
     */
    public MelinFixture<E, R> snapshotRoundTrip() {
        byte[] written = state();
        Application<E, R> twin = program.prototype().fresh();
        StateBytes.restore(twin, written);
        if (!Arrays.equals(StateBytes.of(twin), written)) {
            throw new AssertionError("a restored twin writes another snapshot than it was given");
        }
        return this;
    }

    /** What a snapshot of the running application writes now. */
    byte[] state() {
        @SuppressWarnings("unchecked") // a twin of the prototype
        Class<Application<E, R>> type = (Class<Application<E, R>>) program.prototype().getClass();
        return query(type, (application, live) -> StateBytes.of(application));
    }

    /** The next sync fails as a broken disk's would: the node fails for good, as it must. */
    public MelinFixture<E, R> failNextSync() {
        disk.failAt(DiskCall.Kind.FORCE, 1, Fault.eio());
        return this;
    }

    /** Lets simulated time pass, ticks included. */
    public MelinFixture<E, R> advance(Duration duration) {
        time.advance(duration);
        run();
        return this;
    }

    /** Steps the node until nothing is left to do. */
    public MelinFixture<E, R> run() {
        int idle = 0;
        while (idle < 2) {
            idle = node.runOnce() == 0 ? idle + 1 : 0;
        }
        return this;
    }

    /** Whether the last start began from a snapshot. */
    boolean isFromSnapshot() {
        NodeStatus.Run run = node.status().run();
        return run != null && run.journal().recovery().replayed().afterSequence() > 0;
    }

    public SimulatedDisk disk() {
        return disk;
    }

    public ManualTime time() {
        return time;
    }

    /** The node that runs now; another one after a crash. */
    public MelinNode<E, R> node() {
        return node;
    }

    @Override
    public void close() {
        node.close();
    }

    private MelinNode<E, R> started() {
        MelinNode<E, R> fresh =
                MelinNode.create(
                        program,
                        config,
                        new NodePorts(
                                storage.apply(disk),
                                time,
                                Threads.PLATFORM,
                                Pinning.NONE,
                                NettyTransport::new));
        fresh.start();
        return fresh;
    }

    private void settle(CompletableFuture<?> future) {
        int idle = 0;
        while (!future.isDone()) {
            idle = node.runOnce() == 0 ? idle + 1 : 0;
            if (idle > IDLE_STEPS_MAX) {
                throw new AssertionError(
                        "no answer and nothing left to do: state=" + node.state().current());
            }
        }
    }
}
