package io.melin.stage;

import static org.assertj.core.api.Assertions.assertThat;

import io.melin.time.SystemTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** How long a {@link StageRunner} waits, S6. */
class StageRunnerRestTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final long PARK_NS = 3_600_000_000_000L;

    private final FailStop failStop = new FailStop();
    private final NotingWaiter waiter = new NotingWaiter();

    @Test
    void waitsNoLongerThanAnyStageCanBeLeftAloneS6() throws Exception {
        assertThat(limitOf(PARK_NS + 1, 5_000_000, Long.MAX_VALUE)).isEqualTo(5_000_000);
    }

    @Test
    void waitsNoLongerThanItsStrategySaysS6() throws Exception {
        assertThat(limitOf(PARK_NS + 1, Long.MAX_VALUE)).isEqualTo(PARK_NS);
    }

    @Test
    void failsWithTheStageThatCannotTellS1() throws Exception {
        IllegalStateException failure = new IllegalStateException("no clock");
        StageRunner runner =
                runner(
                        List.of(
                                new Resting("a", 1),
                                new Resting("b", 1) {
                                    @Override
                                    public long restNs() {
                                        throw failure;
                                    }
                                }));
        runner.start();

        assertThat(runner.join(LONG)).isTrue();
        assertThat(failStop.failure()).isEqualTo(new FailStop.Failure("b", failure, 0));
    }

    private long limitOf(long... restsNs) throws InterruptedException {
        List<Stage> stages = new ArrayList<>();
        for (long restNs : restsNs) {
            stages.add(new Resting("rests-" + restNs, restNs));
        }
        StageRunner runner = runner(stages);
        runner.start();
        Long limitNs = waiter.limitsNs.poll(LONG.toSeconds(), TimeUnit.SECONDS);
        runner.stop();
        assertThat(runner.join(LONG)).isTrue();
        return Objects.requireNonNull(limitNs, "no wait within " + LONG);
    }

    private StageRunner runner(List<Stage> stages) {
        return new StageRunner(
                stages,
                new StageRunner.Config(IdleStrategy.backoff(0, 0, PARK_NS), StageRunner.ANY_CORE),
                new StageRunner.Ports(
                        Threads.PLATFORM, Pinning.NONE, SystemTime.INSTANCE, failStop, waiter));
    }

    private static class Resting implements Stage {
        private final String name;
        private final long restNs;

        Resting(String name, long restNs) {
            this.name = name;
            this.restNs = restNs;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public int doWork() {
            return 0;
        }

        @Override
        public long restNs() {
            return restNs;
        }
    }
}
