package io.melin.stage;

import static org.assertj.core.api.Assertions.assertThat;

import io.melin.cursor.Cursor;
import io.melin.time.SystemTime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ThreadWakeupTest {
    /** So long that a lost wake-up becomes a time-out of the test instead of a slow success. */
    private static final long PARK_NS = 10_000_000_000L;

    private static final int HAND_OFFS = 200_000;

    /** W1: two runners that park at once pass a number to and fro. */
    @Test
    @Timeout(55)
    void losesNoHandOffBetweenTwoParkingStages() throws Exception {
        FailStop failStop = new FailStop();
        Cursor ping = new Cursor(0);
        Cursor pong = new Cursor(0);
        ThreadWakeup wakePing = new ThreadWakeup();
        ThreadWakeup wakePong = new ThreadWakeup();
        Echo echo = new Echo("pong", ping, pong, wakePing);
        Echo asker =
                new Echo("ping", pong, ping, wakePong) {
                    @Override
                    public int doWork() {
                        // Asks the next number when the last one was answered.
                        if (in.acquire() == out.plain() && out.plain() < HAND_OFFS) {
                            out.publish(out.plain() + 1);
                            other.signal();
                            return 1;
                        }
                        return 0;
                    }
                };
        StageRunner a = runner(echo, failStop, wakePong);
        StageRunner b = runner(asker, failStop, wakePing);

        long parks = System.nanoTime();
        a.start();
        b.start();
        while (pong.acquire() < HAND_OFFS && !failStop.isTripped()) {
            assertThat(a.join(Duration.ofMillis(20))).isFalse();
        }
        System.out.println(
                "ThreadWakeupTest: handOffs="
                        + 2 * HAND_OFFS
                        + ", nsEach="
                        + (System.nanoTime() - parks) / (2L * HAND_OFFS));
        a.stop();
        b.stop();

        assertThat(a.join(Duration.ofSeconds(5))).isTrue();
        assertThat(b.join(Duration.ofSeconds(5))).isTrue();
        assertThat(failStop.failure()).isNull();
        assertThat(pong.acquire()).isEqualTo(HAND_OFFS);
    }

    /**
     * W1 where it is tight: arm and look on one side, publish and signal on the other, at the same
     * moment. It must never be that the work was not seen and the waiter stays armed. With either
     * fence taken out that happened some hundred times here, given two free cores; on a crowded
     * machine the two threads may take turns and never collide.
     */
    @Test
    @Timeout(55)
    void neverOverlooksBothTheWorkAndTheWaiter() throws Exception {
        Collisions collisions = new Collisions(4);
        Thread producer = new Thread(() -> collisions.repeat(20_000, collisions::publishAndSignal));
        long[] overlooked = {0};

        producer.start();
        collisions.repeat(
                20_000,
                () -> {
                    collisions.armAndLook();
                    collisions.meet();
                    overlooked[0] += collisions.countOverlooked();
                });
        producer.join();

        assertThat(overlooked[0]).isZero();
    }

    @Test
    void endsAWaitThatWasSignalledBeforeItBegan() {
        ThreadWakeup wakeup = new ThreadWakeup();

        wakeup.arm();
        wakeup.signal();
        wakeup.await(PARK_NS);
        wakeup.arm();
        wakeup.disarm();
        wakeup.await(PARK_NS);
    }

    @Test
    void endsAWaitFromAnotherThread() throws Exception {
        ThreadWakeup wakeup = new ThreadWakeup();
        Cursor work = new Cursor(0);
        Thread waiter =
                new Thread(() -> {
                    while (work.acquire() == 0) {
                        wakeup.arm();
                        if (work.acquire() == 0) {
                            wakeup.await(PARK_NS);
                        } else {
                            wakeup.disarm();
                        }
                    }
                });
        waiter.start();
        while (waiter.getState() != Thread.State.TIMED_WAITING) {
            Thread.yield();
        }

        work.publish(1);
        wakeup.signal();

        waiter.join(TimeUnit.NANOSECONDS.toMillis(PARK_NS) / 2);
        assertThat(waiter.isAlive()).isFalse();
    }

    @Test
    void waitsNoLongerThanItsLimit() {
        ThreadWakeup wakeup = new ThreadWakeup();
        long start = System.nanoTime();

        wakeup.arm();
        wakeup.await(1_000);

        assertThat(System.nanoTime() - start).isLessThan(PARK_NS);
    }

    /** A set flag would turn every later park into a spin. */
    @Test
    void clearsAnInterrupt() {
        ThreadWakeup wakeup = new ThreadWakeup();
        Thread.currentThread().interrupt();

        wakeup.arm();
        wakeup.await(PARK_NS);

        assertThat(Thread.interrupted()).isFalse();
    }

    private static StageRunner runner(Stage stage, FailStop failStop, ThreadWakeup wakeup) {
        return new StageRunner(
                List.of(stage),
                new StageRunner.Config(IdleStrategy.backoff(0, 0, PARK_NS), StageRunner.ANY_CORE),
                new StageRunner.Ports(
                        Threads.PLATFORM, Pinning.NONE, SystemTime.INSTANCE, failStop, wakeup));
    }

    /** Many pairs of waiter and work, which two threads walk along side by side. */
    private static final class Collisions {
        private final AtomicInteger arrivals = new AtomicInteger();
        private final ThreadWakeup[] wakeups;
        private final Cursor[] works;
        private final boolean[] seen;

        /** Spins by which the producer sets out later, or the waiter when it is negative. */
        private int lead;

        Collisions(int count) {
            wakeups = new ThreadWakeup[count];
            works = new Cursor[count];
            seen = new boolean[count];
            refresh();
        }

        void repeat(int rounds, Runnable round) {
            for (int i = 0; i < rounds; i++) {
                meet();
                round.run();
                meet();
            }
        }

        /** Returns when the other thread is here too. */
        void meet() {
            int all = (arrivals.getAndIncrement() / 2 + 1) * 2;
            for (int spins = 0; arrivals.get() < all; spins++) {
                if (spins < 1_000) {
                    Thread.onSpinWait();
                } else {
                    Thread.yield();
                }
            }
        }

        void armAndLook() {
            spin(-lead);
            for (int i = 0; i < wakeups.length; i++) {
                wakeups[i].arm();
                seen[i] = works[i].acquire() != 0;
            }
        }

        void publishAndSignal() {
            spin(lead);
            for (int i = 0; i < wakeups.length; i++) {
                works[i].publish(1);
                wakeups[i].signal();
            }
            meet();
        }

        /** Between two meetings, so that the other thread looks on. */
        long countOverlooked() {
            long count = 0;
            int late = 0;
            for (int i = 0; i < wakeups.length; i++) {
                count += !seen[i] && wakeups[i].isArmed() ? 1 : 0;
                late += seen[i] ? 1 : 0;
            }
            // Whoever came late starts earlier the next time: so they go on colliding.
            lead = Math.max(-100, Math.min(100, lead + (2 * late > wakeups.length ? 1 : -1)));
            refresh();
            return count;
        }

        private static void spin(int count) {
            for (int i = 0; i < count; i++) {
                Thread.onSpinWait();
            }
        }

        private void refresh() {
            for (int i = 0; i < wakeups.length; i++) {
                wakeups[i] = new ThreadWakeup();
                works[i] = new Cursor(0);
            }
        }
    }

    /** Repeats on one side what it sees on the other. */
    private static class Echo implements Stage {
        final Cursor in;
        final Cursor out;
        final Wakeup other;
        private final String name;

        Echo(String name, Cursor in, Cursor out, Wakeup other) {
            this.name = name;
            this.in = in;
            this.out = out;
            this.other = other;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public int doWork() {
            long seen = in.acquire();
            if (seen == out.plain()) {
                return 0;
            }
            out.publish(seen);
            other.signal();
            return 1;
        }
    }
}
