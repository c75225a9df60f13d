package io.melin.stage;

import io.melin.time.TimeSource;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Runs stages round-robin on one thread, or step by step on the caller's.
 *
 * <p>S1: whatever a stage throws trips the fail-stop, and no stage of this runner works after it.
 * S2: every stage is closed exactly once, in reverse order, on the thread that ran it. S3: a stop
 * and a fail-stop are seen before every lap and end every wait. S4: a thread on a core pins itself
 * as its first step, so nothing it did not start inherits its mask. S5: a thread that did not get
 * its core parks when idle, whatever its strategy was: it would spin on the core of another. S6:
 * no wait is longer than a stage can be left alone.
 *
 * <p>Threading: {@link #start}, {@link #stop}, {@link #join} and everything that reports may be
 * called from any thread; {@link #runOnce} from one thread at a time. A thread inherits the mask of
 * its starter, so {@link #start} must not be called on a pinned thread.
 */
public final class StageRunner {
    /** No core wished. */
    public static final int ANY_CORE = -1;

    private static final System.Logger LOG = System.getLogger(StageRunner.class.getName());

    private final List<Stage> stages;
    private final Config config;
    private final Ports ports;
    private final LapMeter meter;

    private volatile ThreadFacts facts;
    private volatile @Nullable Thread thread;
    private volatile boolean stopRequested;
    private volatile Phase phase = Phase.NEW;

    private IdleStrategy idle;
    private int idleRun;

    private enum Phase {
        NEW,
        OPEN,
        CLOSED
    }

    /**
     * How the stages run.
     *
     * @param idle what to do when a lap found no work, as long as a wish for a core is granted
     * @param core the core to pin to, or {@link #ANY_CORE}
     */
    public record Config(IdleStrategy idle, int core) {
        public Config {
            if (core < ANY_CORE) {
                throw new IllegalArgumentException("no such core: core=" + core);
            }
        }
    }

    /**
     * What a runner needs from outside.
     *
     * @param waiter parks this runner; producers get it as their {@link Wakeup}
     */
    public record Ports(
            Threads threads, Pinning pinning, TimeSource time, FailStop failStop, Waiter waiter) {}

    /**
     * @param stages one or more, in the order of a lap
     */
    public StageRunner(List<? extends Stage> stages, Config config, Ports ports) {
        if (stages.isEmpty()) {
            throw new IllegalArgumentException("runner has no stage");
        }
        this.stages = List.copyOf(stages);
        this.config = config;
        this.ports = ports;
        idle = config.idle();
        meter = new LapMeter(ports.time());
        List<String> names = this.stages.stream().map(Stage::name).toList();
        String name = names.stream().collect(Collectors.joining("+", "melin-", ""));
        facts = new ThreadFacts(name, names, 0, 0, config.core(), "", null);
        ports.failStop().addListener(failure -> ports.waiter().signal());
    }

    /** Runs the stages on a thread of their own until {@link #stop} or a failure. Once. */
    public synchronized void start() {
        if (thread != null || phase != Phase.NEW) {
            throw new IllegalStateException("runner was started before: name=" + facts.name());
        }
        Thread created =
                ports.threads().create(facts.name(), () -> ports.waiter().inhabit(this::run));
        thread = created;
        created.start();
    }

    /** Asks for the end; {@link #join} waits for it. Without a thread the next step closes. */
    public void stop() {
        stopRequested = true;
        ports.waiter().signal();
    }

    /**
     * Waits for the thread's end.
     *
     * @return false when it still runs after {@code timeout}; true also when it was never started
     */
    public boolean join(Duration timeout) throws InterruptedException {
        Thread running = thread;
        if (running == null) {
            return true;
        }
        // At least one: a join of zero waits for ever.
        running.join(Math.max(1, timeout.toMillis()));
        return !running.isAlive();
    }

    /**
     * As {@link #join}, but an interrupt does not end the wait: it is kept for the caller's next
     * one.
     * For whoever must not go on while the stages still run.
     */
    public boolean joinUninterruptibly(Duration timeout) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return join(timeout);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /**
     * One lap on the caller's thread, for a runner without a thread of its own: the first opens the
     * stages, the first after a stop or a failure closes them, from then on nothing happens. A
     * failure is reported as on a thread: to the fail-stop, not to the caller.
     *
     * @return items done
     */
    public int runOnce() {
        if (thread != null) {
            throw new IllegalStateException("runner has a thread: name=" + facts.name());
        }
        return step();
    }

    /** Whether all stages are closed. */
    public boolean isClosed() {
        return phase == Phase.CLOSED;
    }

    /** Ticker nanoseconds of the last lap, give or take a few busy ones. */
    public long heartbeatNs() {
        return meter.heartbeatNs();
    }

    /** Laps so far: whoever stands still in one does not count on. */
    public long laps() {
        return meter.busyLaps() + meter.idleLaps();
    }

    public long busyLaps() {
        return meter.busyLaps();
    }

    public long idleLaps() {
        return meter.idleLaps();
    }

    /** Where it really runs; the thread's part is known once it took its first step. */
    public ThreadFacts facts() {
        return facts;
    }

    private void run() {
        try {
            settle();
        } catch (Throwable e) {
            ports.failStop().trip(facts.name(), e);
        }
        while (phase != Phase.CLOSED) {
            turn();
        }
    }

    private void turn() {
        if (step() > 0) {
            idleRun = 0;
            return;
        }
        try {
            idle();
        } catch (Throwable e) {
            // The waiter came from outside: its failure is a failure of all stages too (S1).
            ports.failStop().trip(facts.name(), e);
        }
    }

    /** Pins the thread, and notes what the kernel made of it. */
    private void settle() {
        String refusal = null;
        if (config.core() != ANY_CORE
                && ports.pinning().pin(config.core()) instanceof Pinning.Refused refused) {
            refusal = refused.reason();
            idle = config.idle().onASharedCore();
            LOG.log(
                    Level.WARNING,
                    "thread is not pinned, so it shares cores and parks when idle: name="
                            + facts.name()
                            + ", core="
                            + config.core()
                            + ", reason="
                            + refusal);
        }
        facts =
                new ThreadFacts(
                        facts.name(),
                        facts.stages(),
                        Thread.currentThread().getId(),
                        KernelThread.tid(),
                        config.core(),
                        KernelThread.coresAllowed(),
                        refusal);
    }

    private int step() {
        if (phase == Phase.CLOSED) {
            return 0;
        }
        if (phase == Phase.NEW && !mustStop()) {
            open();
        }
        if (mustStop()) {
            close();
            return 0;
        }
        int work = lap();
        meter.lap(work);
        return work;
    }

    private boolean mustStop() {
        return stopRequested || ports.failStop().isTripped();
    }

    private void open() {
        phase = Phase.OPEN;
        for (int i = 0; i < stages.size(); i++) {
            try {
                stages.get(i).onStart();
            } catch (Throwable e) {
                fail(i, e);
                return;
            }
        }
    }

    private int lap() {
        int work = 0;
        for (int i = 0; i < stages.size(); i++) {
            try {
                work += stages.get(i).doWork();
            } catch (Throwable e) {
                fail(i, e);
                return 0;
            }
        }
        return work;
    }

    private void close() {
        for (int i = stages.size() - 1; i >= 0; i--) {
            try {
                stages.get(i).onClose();
            } catch (Throwable e) {
                fail(i, e);
            }
        }
        meter.beat();
        phase = Phase.CLOSED;
    }

    private void fail(int index, Throwable cause) {
        long sequence = 0;
        try {
            sequence = stages.get(index).sequence();
        } catch (Throwable e) {
            if (e != cause) {
                cause.addSuppressed(e);
            }
        }
        ports.failStop().trip(facts.stages().get(index), cause, sequence);
    }

    private void idle() {
        if (phase == Phase.CLOSED) {
            return;
        }
        if (idleRun < Integer.MAX_VALUE) {
            idleRun++;
        }
        switch (idle.after(idleRun)) {
            case SPIN -> Thread.onSpinWait();
            case YIELD -> Thread.yield();
            case PARK -> park();
        }
    }

    /** W1: armed first, then one more lap, and only then to sleep. */
    private void park() {
        Waiter waiter = ports.waiter();
        waiter.arm();
        if (step() > 0) {
            idleRun = 0;
            waiter.disarm();
        } else if (phase == Phase.CLOSED || mustStop()) {
            waiter.disarm();
        } else {
            waiter.await(restNs());
        }
    }

    /** S6. Nothing, once a stage cannot tell. */
    private long restNs() {
        long restNs = idle.parkNs();
        for (int i = 0; i < stages.size(); i++) {
            try {
                restNs = Math.min(restNs, stages.get(i).restNs());
            } catch (Throwable e) {
                fail(i, e);
                return 0;
            }
        }
        return restNs;
    }
}
