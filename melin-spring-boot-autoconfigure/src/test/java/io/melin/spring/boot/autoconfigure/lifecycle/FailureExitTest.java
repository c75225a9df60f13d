package io.melin.spring.boot.autoconfigure.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.melin.health.NodeState;
import io.melin.health.StateModel;
import io.melin.node.StageStalledException;
import io.melin.time.SystemTime;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class FailureExitTest {
    private static final Duration NEVER = Duration.ofHours(1);

    private final StateModel node = new StateModel(SystemTime.INSTANCE);
    private final BlockingQueue<String> calls = new LinkedBlockingQueue<>();
    private final CountDownLatch released = new CountDownLatch(1);
    private @Nullable FailureExit exit;

    private void arm(Duration delay, Duration patience, boolean hangs) {
        exit =
                new FailureExit(
                        new FailureExit.Config(delay, patience),
                        new ProcessExit() {
                            @Override
                            public void exit(int code) {
                                calls.add("exit " + code);
                                if (hangs) {
                                    awaitRelease();
                                }
                            }

                            @Override
                            public void halt(int code) {
                                calls.add("halt " + code);
                            }
                        });
        node.onChange(exit);
    }

    private void awaitRelease() {
        try {
            released.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void serve() {
        node.enter(NodeState.RECOVERING, "test");
        node.enter(NodeState.SERVING, "test");
    }

    @AfterEach
    void release() {
        released.countDown();
        if (exit != null) {
            exit.destroy();
        }
    }

    /** X1 and X2 of FailureExit. */
    @Test
    void exitsWithACodeThatIsNotZeroAfterTheDelay(CapturedOutput output)
            throws InterruptedException {
        arm(Duration.ofMillis(200), NEVER, false);
        serve();
        long failedNs = System.nanoTime();

        node.fail("disk", new IllegalStateException("EIO"));

        assertThat(calls.poll(30, TimeUnit.SECONDS)).isEqualTo("exit 1");
        assertThat(System.nanoTime() - failedNs).isGreaterThanOrEqualTo(200_000_000L);
        assertThat(output).contains("the process will end", "melin.failure.action=stop");
    }

    /** X3 of FailureExit. */
    @Test
    void haltsWhenTheExitHangs() throws InterruptedException {
        arm(Duration.ZERO, Duration.ofMillis(50), true);
        serve();

        node.fail("disk", null);

        assertThat(calls.poll(30, TimeUnit.SECONDS)).isEqualTo("exit 1");
        assertThat(calls.poll(30, TimeUnit.SECONDS)).isEqualTo("halt 1");
    }

    @Test
    void leavesAFailedStartToTheOneWhoStarts(CapturedOutput output) {
        arm(Duration.ZERO, NEVER, false);
        node.enter(NodeState.RECOVERING, "test");

        node.fail("damage", null);

        assertThat(output).doesNotContain("the process will end");
    }

    @Test
    void exitsWhenAStartHangsSinceNobodyIsThrownAnything() throws InterruptedException {
        arm(Duration.ZERO, NEVER, false);
        node.enter(NodeState.RECOVERING, "test");

        node.fail("recovery", new StageStalledException("recovery"));

        assertThat(calls.poll(30, TimeUnit.SECONDS)).isEqualTo("exit 1");
    }

    /** X4 of FailureExit. */
    @Test
    void forgetsTheExitWhenTheContextClosesFirst() throws InterruptedException {
        arm(Duration.ofMillis(100), NEVER, false);
        serve();
        node.fail("disk", null);

        FailureExit armed = Objects.requireNonNull(exit);
        armed.destroy();

        assertThat(armed.awaitEnd(30, TimeUnit.SECONDS)).isTrue();
        assertThat(calls).isEmpty();
    }

    @Test
    void staysQuietWhileTheNodeStops() {
        arm(Duration.ZERO, NEVER, false);
        serve();

        node.enter(NodeState.DRAINING, "test");

        assertThat(calls).isEmpty();
    }
}
