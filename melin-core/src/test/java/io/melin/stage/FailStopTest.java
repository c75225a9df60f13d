package io.melin.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

class FailStopTest {
    private final FailStop failStop = new FailStop();
    private final IOException first = new IOException("disk is gone");

    @Test
    void isSilentUntilTripped() {
        assertThat(failStop.isTripped()).isFalse();
        assertThat(failStop.failure()).isNull();
        assertThatCode(failStop::check).doesNotThrowAnyException();
    }

    @Test
    void keepsTheFirstFailureAndSuppressesLaterOnesF1() {
        IllegalStateException later = new IllegalStateException("no more input");

        assertThat(failStop.trip("disk", first, 17)).isTrue();
        assertThat(failStop.trip("journal", later)).isFalse();
        assertThat(failStop.trip("journal", first)).isFalse();

        assertThat(failStop.isTripped()).isTrue();
        assertThat(failStop.failure()).isEqualTo(new FailStop.Failure("disk", first, 17));
        assertThat(first.getSuppressed()).containsExactly(later);
    }

    @Test
    void throwsWithTheFirstFailureAsCause() {
        failStop.trip("disk", first, 17);

        assertThatThrownBy(failStop::check)
                .isInstanceOf(FailStopException.class)
                .hasCause(first)
                .hasMessageContaining("stage=disk, sequence=17");
    }

    @Test
    void doesNotSuppressItsOwnExceptionIntoTheCause() {
        failStop.trip("disk", first);

        assertThatThrownBy(failStop::check)
                .satisfies(e -> assertThat(failStop.trip("journal", e)).isFalse());

        assertThat(first.getSuppressed()).isEmpty();
    }

    @Test
    void tellsEveryListenerOnceOnTheTrippingThreadF2() {
        List<String> told = new ArrayList<>();
        failStop.addListener(f -> told.add("a " + f.stage() + Thread.currentThread().getId()));
        failStop.addListener(f -> told.add("b " + f.stage() + Thread.currentThread().getId()));
        long self = Thread.currentThread().getId();

        failStop.trip("disk", first);
        failStop.trip("journal", new Error("later"));

        assertThat(told).containsExactly("a disk" + self, "b disk" + self);
    }

    @Test
    void tellsALateListenerAtOnceF2() {
        AtomicInteger told = new AtomicInteger();
        failStop.trip("disk", first);

        failStop.addListener(f -> told.incrementAndGet());

        assertThat(told).hasValue(1);
    }

    @Test
    void tellsTheOtherListenersWhenOneThrows() {
        AtomicInteger told = new AtomicInteger();
        IllegalStateException bad = new IllegalStateException("listener");
        failStop.addListener(f -> {
            throw bad;
        });
        failStop.addListener(f -> told.incrementAndGet());

        failStop.trip("disk", first);

        assertThat(told).hasValue(1);
        assertThat(first.getSuppressed()).containsExactly(bad);
    }

    @Test
    void letsAListenerWaitForAnotherThreadThatTripsSinceNoLockIsHeld() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        failStop.addListener(f -> {
            Thread other =
                    new Thread(() -> {
                        failStop.trip("other", new Error("later"));
                        failStop.addListener(g -> asked.countDown());
                    });
            other.start();
            joinUninterruptibly(other);
        });

        failStop.trip("disk", first);

        asked.await();
        assertThat(first.getSuppressed()).hasSize(1);
    }

    /** One of many racing threads is first, and a listener that races with them hears once. */
    @Test
    void hasOneFirstFailureAmongRacingThreadsF1F2() throws Exception {
        Logger log = Logger.getLogger(FailStop.class.getName());
        log.setLevel(Level.OFF);
        for (int round = 0; round < 200; round++) {
            FailStop racing = new FailStop();
            AtomicInteger winners = new AtomicInteger();
            AtomicInteger told = new AtomicInteger();
            CountDownLatch go = new CountDownLatch(1);
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                threads.add(
                        new Thread(() -> {
                            awaitUninterruptibly(go);
                            if (racing.trip("s", new Error("racing"))) {
                                winners.incrementAndGet();
                            }
                        }));
            }
            threads.forEach(Thread::start);
            go.countDown();
            racing.addListener(f -> told.incrementAndGet());
            for (Thread thread : threads) {
                thread.join();
            }

            assertThat(winners).hasValue(1);
            assertThat(told).hasValue(1);
        }
        log.setLevel(null);
    }

    private static void joinUninterruptibly(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
