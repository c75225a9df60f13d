package io.melin.stage;

import static org.assertj.core.api.Assertions.assertThat;

import io.melin.time.SystemTime;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a {@link StageRunner} does about its core, S4 and S5. */
class StageRunnerPinningTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final int LAPS = 200_000;

    private final FailStop failStop = new FailStop();
    private final NotingWaiter waiter = new NotingWaiter();

    @Test
    void pinsFirstAndTellsWhereItReallyRunsS4() throws Exception {
        List<String> order = Collections.synchronizedList(new ArrayList<>());
        Pinning refusing =
                core -> {
                    order.add("pin " + core + " on " + Thread.currentThread().getName());
                    return new Pinning.Refused("not today");
                };
        CountDownLatch working = new CountDownLatch(1);
        StageRunner runner =
                runner(
                        5,
                        refusing,
                        () -> {
                            if (working.getCount() > 0) {
                                order.add("work");
                                working.countDown();
                            }
                            return 0;
                        });
        assertThat(runner.facts())
                .isEqualTo(new ThreadFacts("melin-a", List.of("a"), 0, 0, 5, "", null));

        runner.start();
        assertThat(working.await(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();

        ThreadFacts facts = runner.facts();
        assertThat(order).containsExactly("pin 5 on melin-a", "work");
        assertThat(facts.coreWished()).isEqualTo(5);
        assertThat(facts.pinRefusal()).isEqualTo("not today");
        assertThat(facts.threadId()).isNotZero().isNotEqualTo(Thread.currentThread().getId());
        runner.stop();
        assertThat(runner.join(LONG)).isTrue();
    }

    @Test
    void parksThoughToldToSpinWhenItsCoreIsRefusedS5() throws Exception {
        StageRunner runner = runner(1, core -> new Pinning.Refused("not today"), () -> 0);

        runner.start();

        assertThat(waiter.limitsNs.poll(LONG.toSeconds(), TimeUnit.SECONDS))
                .as("an idle thread without its core parks")
                .isNotNull();
        runner.stop();
        assertThat(runner.join(LONG)).isTrue();
    }

    @Test
    void neverParksOnACoreOfItsOwn() throws Exception {
        AtomicInteger laps = new AtomicInteger();
        StageRunner runner =
                runner(
                        1,
                        core -> new Pinning.Pinned("1"),
                        () -> {
                            if (laps.incrementAndGet() == LAPS) {
                                throw new IOException("enough");
                            }
                            return 0;
                        });

        runner.start();

        assertThat(runner.join(LONG)).isTrue();
        assertThat(laps).hasValue(LAPS);
        assertThat(waiter.limitsNs).isEmpty();
    }

    @Test
    void warnsOnceWithTheReasonWhenItsCoreIsRefused() throws Exception {
        Logger logger = Logger.getLogger(StageRunner.class.getName());
        Recording recording = new Recording();
        logger.addHandler(recording);
        logger.setUseParentHandlers(false);
        try {
            StageRunner runner = runner(1, core -> new Pinning.Refused("not today"), () -> 0);
            runner.start();
            runner.stop();
            assertThat(runner.join(LONG)).isTrue();
        } finally {
            logger.setUseParentHandlers(true);
            logger.removeHandler(recording);
        }

        assertThat(recording.records)
                .singleElement()
                .satisfies(warning -> {
                    assertThat(warning.getLevel()).isEqualTo(Level.WARNING);
                    assertThat(warning.getMessage())
                            .contains("not pinned", "name=melin-a", "core=1", "reason=not today");
                });
    }

    private StageRunner runner(int core, Pinning pinning, Body body) {
        return new StageRunner(
                List.of(
                        new Stage() {
                            @Override
                            public String name() {
                                return "a";
                            }

                            @Override
                            public int doWork() throws Exception {
                                return body.doWork();
                            }
                        }),
                new StageRunner.Config(IdleStrategy.busySpin(), core),
                new StageRunner.Ports(
                        Threads.PLATFORM, pinning, SystemTime.INSTANCE, failStop, waiter));
    }

    private interface Body {
        int doWork() throws Exception;
    }

    private static final class Recording extends Handler {
        final List<LogRecord> records = Collections.synchronizedList(new ArrayList<>());

        @Override
        public void publish(@Nullable LogRecord record) {
            records.add(Objects.requireNonNull(record));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
