package io.melin.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.melin.time.SystemTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class StageRunnerTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    private final FailStop failStop = new FailStop();
    private final ThreadWakeup wakeup = new ThreadWakeup();
    private final List<String> calls = Collections.synchronizedList(new ArrayList<>());

    @Test
    void stepsOnTheCallersThread() {
        StageRunner runner = runner(new Recorder("a"), new Recorder("b"));

        assertThat(runner.runOnce()).isEqualTo(2);
        assertThat(runner.runOnce()).isEqualTo(2);
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
    void runsOnANamedThreadUntilItIsStopped() throws Exception {
        CountDownLatch worked = new CountDownLatch(1);
        StageRunner runner =
                runner(
                        new Recorder("a") {
                            @Override
                            public int doWork() {
                                calls.add(Thread.currentThread().getName());
                                worked.countDown();
                                return 0;
                            }
                        },
                        new Recorder("b"));

        runner.start();
        worked.await();
        runner.stop();

        assertThat(runner.join(LONG)).isTrue();
        assertThat(runner.isClosed()).isTrue();
        assertThat(calls).contains("melin-a+b").endsWith("b close", "a close");
        assertThatIllegalStateException().isThrownBy(runner::start);
        assertThatIllegalStateException().isThrownBy(runner::runOnce);
    }

    private StageRunner runner(Stage... stages) {
        return new StageRunner(
                List.of(stages),
                new StageRunner.Config(
                        IdleStrategy.backoff(1, 1, LONG.toNanos()), StageRunner.ANY_CORE),
                new StageRunner.Ports(
                        Threads.PLATFORM, Pinning.NONE, SystemTime.INSTANCE, failStop, wakeup));
    }

    private class Recorder implements Stage {
        private final String name;

        Recorder(String name) {
            this.name = name;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public void onStart() {
            calls.add(name + " start");
        }

        @Override
        public int doWork() {
            calls.add(name + " work");
            return 1;
        }

        @Override
        public void onClose() {
            calls.add(name + " close");
        }
    }
}
