package io.melin.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.sun.management.ThreadMXBean;
import io.melin.time.SystemTime;
import io.melin.time.TimeSource;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class StageRunnerTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final long HOUR_NS = 3_600_000_000_000L;

    private final FailStop failStop = new FailStop();
    private final ThreadWakeup wakeup = new ThreadWakeup();
    private final List<String> calls = Collections.synchronizedList(new ArrayList<>());
    private final CountDownLatch parked = new CountDownLatch(1);

    @Test
    void stepsOnTheCallersThread() {
        StageRunner runner = runner(new Recorder("a", calls), new Recorder("b", calls));

        assertThat(runner.runOnce()).isEqualTo(2);
        assertThat(runner.runOnce()).isEqualTo(2);
        assertThat(runner.isClosed()).isFalse();
        runner.stop();
        assertThat(runner.runOnce()).isZero();
        assertThat(runner.runOnce()).isZero();

        assertThat(runner.isClosed()).isTrue();
        assertThat(calls)
                .containsExactly(
                        "a start", "b start", "a work", "b work", "a work", "b work", "b close",
                        "a close");
    }

    @Test
    void closesStagesThatNeverStarted() {
        StageRunner runner = runner(new Recorder("a", calls), new Recorder("b", calls));

        runner.stop();
        runner.runOnce();

        assertThat(calls).containsExactly("b close", "a close");
    }

    @Test
    void tripsWithTheStagesNameAndSequenceWhenOneThrowsS1() {
        IOException failure = new IOException("disk is gone");
        Recorder disk = new Recorder("disk", calls);
        disk.failure = failure;
        disk.sequence = 17;
        StageRunner runner =
                runner(new Recorder("journal", calls), disk, new Recorder("last", calls));

        assertThat(runner.runOnce()).isZero();
        assertThat(runner.runOnce()).isZero();

        assertThat(failStop.failure()).isEqualTo(new FailStop.Failure("disk", failure, 17));
        assertThat(runner.isClosed()).isTrue();
        assertThat(calls)
                .containsExactly(
                        "journal start",
                        "disk start",
                        "last start",
                        "journal work",
                        "disk work",
                        "last close",
                        "disk close",
                        "journal close");
    }

    @Test
    void closesEveryStageWhenOneDoesNotStartS2() {
        Recorder broken =
                new Recorder("broken", calls) {
                    @Override
                    public void onStart() {
                        throw new OutOfMemoryError("as a stage might see it");
                    }
                };
        StageRunner runner = runner(new Recorder("a", calls), broken, new Recorder("c", calls));

        assertThat(runner.runOnce()).isZero();

        assertThat(failStop.failure()).extracting(FailStop.Failure::stage).isEqualTo("broken");
        assertThat(calls).containsExactly("a start", "c close", "broken close", "a close");
    }

    @Test
    void suppressesAFailureToCloseIntoTheFirstOne() {
        IOException failure = new IOException("first");
        IllegalStateException second = new IllegalStateException("second");
        Recorder a = new Recorder("a", calls);
        a.failure = failure;
        a.closeFailure = second;
        StageRunner runner = runner(new Recorder("z", calls), a);

        runner.runOnce();
        runner.runOnce();

        assertThat(failure.getSuppressed()).containsExactly(second);
        assertThat(calls).endsWith("a close", "z close");
    }

    @Test
    void tripsWhenAnOrderlyCloseFails() {
        IllegalStateException failure = new IllegalStateException("last flush");
        Recorder a = new Recorder("a", calls);
        a.closeFailure = failure;
        StageRunner runner = runner(a);

        runner.runOnce();
        runner.stop();
        runner.runOnce();

        assertThat(failStop.failure()).isEqualTo(new FailStop.Failure("a", failure, 0));
        assertThat(runner.isClosed()).isTrue();
    }

    @Test
    void runsOnANamedThreadUntilItIsStoppedS2S3() throws Exception {
        Recorder last =
                new Recorder("b", calls) {
                    @Override
                    public void onClose() {
                        calls.add("b close on " + Thread.currentThread().getName());
                    }
                };
        StageRunner runner = runner(new Idler("a", calls, parked), last.quiet());
        assertThat(runner.join(Duration.ZERO)).isTrue();

        runner.start();
        parked.await();
        assertThat(runner.join(Duration.ZERO)).isFalse();
        runner.stop();

        assertThat(runner.join(LONG)).isTrue();
        assertThat(runner.isClosed()).isTrue();
        assertThat(calls).contains("melin-a+b").endsWith("b close on melin-a+b", "a close");
        assertThatIllegalStateException().isThrownBy(runner::start);
        assertThatIllegalStateException().isThrownBy(runner::runOnce);
    }

    @Test
    void wakesAParkedThreadWhenAnotherStageFailsS3() throws Exception {
        List<Thread> threads = Collections.synchronizedList(new ArrayList<>());
        Threads remembering =
                (name, body) -> {
                    threads.add(Threads.PLATFORM.create(name, body));
                    return threads.get(0);
                };
        StageRunner runner =
                new StageRunner(
                        List.of(new Idler("a", calls, parked)),
                        new StageRunner.Config(
                                IdleStrategy.backoff(0, 0, HOUR_NS), StageRunner.ANY_CORE),
                        new StageRunner.Ports(
                                remembering, Pinning.NONE, SystemTime.INSTANCE, failStop, wakeup));
        runner.start();
        while (threads.get(0).getState() != Thread.State.TIMED_WAITING) {
            Thread.yield();
        }

        failStop.trip("other", new IOException("elsewhere"));

        assertThat(runner.join(LONG)).isTrue();
        assertThat(calls).endsWith("a close");
    }

    @Test
    void endsItsThreadWhenAStageFailsThere() throws Exception {
        Recorder broken = new Recorder("broken", calls);
        broken.failure = new StackOverflowError("as a stage might see it");
        StageRunner runner = runner(broken);

        runner.start();

        assertThat(runner.join(LONG)).isTrue();
        assertThat(failStop.failure()).extracting(FailStop.Failure::stage).isEqualTo("broken");
        assertThat(calls).containsExactly("broken start", "broken work", "broken close");
    }

    @Test
    void countsAFailingWaiterAsAFailureOfItsOwn() throws Exception {
        IllegalStateException failure = new IllegalStateException("selector is closed");
        Waiter waiter =
                new Waiter() {
                    @Override
                    public void arm() {}

                    @Override
                    public void disarm() {}

                    @Override
                    public void await(long limitNs) {
                        throw failure;
                    }

                    @Override
                    public void signal() {}
                };
        StageRunner runner =
                runner(StageRunner.ANY_CORE, Pinning.NONE, waiter, new Idler("a", calls, parked));

        runner.start();

        assertThat(runner.join(LONG)).isTrue();
        assertThat(failStop.failure()).isEqualTo(new FailStop.Failure("melin-a", failure, 0));
        assertThat(calls).endsWith("a close");
    }

    @Test
    void armsThenLooksOnceMoreBeforeItWaitsW1() throws Exception {
        List<String> order = Collections.synchronizedList(new ArrayList<>());
        Waiter waiter =
                new Waiter() {
                    @Override
                    public void arm() {
                        order.add("arm");
                    }

                    @Override
                    public void disarm() {
                        order.add("disarm");
                    }

                    @Override
                    public void await(long limitNs) {
                        order.add("await " + limitNs);
                    }

                    @Override
                    public void signal() {}
                };
        int[] work = {0, 0, 1, 0, 0, 0};
        Recorder stage =
                new Recorder("a", calls) {
                    private int lap;

                    @Override
                    public int doWork() throws Exception {
                        order.add("lap");
                        if (lap == work.length) {
                            throw new IOException("end");
                        }
                        return work[lap++];
                    }
                };
        StageRunner runner =
                new StageRunner(
                        List.of(stage),
                        new StageRunner.Config(
                                IdleStrategy.backoff(1, 0, 77), StageRunner.ANY_CORE),
                        ports(Pinning.NONE, waiter));

        runner.start();

        assertThat(runner.join(LONG)).isTrue();
        assertThat(order)
                .containsExactly(
                        // One lap ends in a spin, the next arms and finds work: spin again first.
                        "lap",
                        "lap",
                        "arm",
                        "lap",
                        "disarm",
                        "lap",
                        "lap",
                        "arm",
                        "lap",
                        "await 77",
                        // The failing lap; armed for the next, which closes instead.
                        "lap",
                        "arm",
                        "disarm");
    }

    @Test
    void beatsOnEveryIdleLapAndOnSomeBusyOnes() {
        AtomicLong ticker = new AtomicLong();
        TimeSource time =
                new TimeSource() {
                    @Override
                    public long epochNs() {
                        throw new AssertionError("no wall clock here");
                    }

                    @Override
                    public long tickerNs() {
                        return ticker.get();
                    }
                };
        Recorder stage = new Recorder("a", calls);
        StageRunner runner =
                new StageRunner(
                        List.of(stage),
                        new StageRunner.Config(IdleStrategy.busySpin(), StageRunner.ANY_CORE),
                        new StageRunner.Ports(
                                Threads.PLATFORM, Pinning.NONE, time, failStop, wakeup));

        ticker.set(1);
        for (int i = 1; i < LapMeter.BUSY_LAPS_PER_BEAT; i++) {
            runner.runOnce();
        }
        assertThat(runner.heartbeatNs()).isZero();
        runner.runOnce();
        assertThat(runner.heartbeatNs()).isEqualTo(1);

        stage.quiet();
        ticker.set(2);
        runner.runOnce();
        assertThat(runner.heartbeatNs()).isEqualTo(2);
        ticker.set(3);
        runner.runOnce();
        assertThat(runner.heartbeatNs()).isEqualTo(3);
        assertThat(runner.busyLaps()).isEqualTo(LapMeter.BUSY_LAPS_PER_BEAT);
        assertThat(runner.idleLaps()).isEqualTo(2);
    }

    @Test
    void allocatesNothingPerLap() {
        Recorder stage =
                new Recorder("a", calls) {
                    private int lap;

                    @Override
                    public int doWork() {
                        return ++lap & 1;
                    }
                };
        StageRunner runner = runner(stage);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long self = Thread.currentThread().getId();
        lapsAndSignals(runner, 100_000);

        long before = threads.getThreadAllocatedBytes(self);
        lapsAndSignals(runner, 1_000_000);
        long allocated = threads.getThreadAllocatedBytes(self) - before;

        assertThat(runner.busyLaps()).isEqualTo(550_000);
        // A hundredth of a byte each: the JVM itself allocates a kilobyte or two, once.
        assertThat(allocated).isLessThan(10_000);
    }

    private void lapsAndSignals(StageRunner runner, int count) {
        for (int i = 0; i < count; i++) {
            runner.runOnce();
            wakeup.signal();
        }
    }

    @Test
    void refusesToRunNothing() {
        assertThatIllegalArgumentException().isThrownBy(() -> runner());
    }

    private StageRunner runner(Stage... stages) {
        return runner(StageRunner.ANY_CORE, Pinning.NONE, wakeup, stages);
    }

    /** Parks for so long that whatever relies on the park's end runs into a time-out. */
    private StageRunner runner(int core, Pinning pinning, Waiter waiter, Stage... stages) {
        return new StageRunner(
                List.of(stages),
                new StageRunner.Config(IdleStrategy.backoff(1, 1, HOUR_NS), core),
                ports(pinning, waiter));
    }

    private StageRunner.Ports ports(Pinning pinning, Waiter waiter) {
        return new StageRunner.Ports(
                Threads.PLATFORM, pinning, SystemTime.INSTANCE, failStop, waiter);
    }
}
