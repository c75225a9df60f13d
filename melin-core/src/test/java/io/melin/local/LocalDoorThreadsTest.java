package io.melin.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.melin.app.EventId;
import io.melin.app.MelinRefusedException;
import io.melin.app.MelinUnknownOutcomeException;
import io.melin.pipeline.PipelineConfig;
import io.melin.pipeline.PipelineMeters;
import io.melin.pipeline.TraceConfig;
import io.melin.testing.CounterApplication;
import io.melin.testing.Seeds;
import io.melin.time.SystemTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** {@link LocalDoor} under callers that submit while it is served, closed, and long after. */
class LocalDoorThreadsTest {
    private static final int CALLERS = 4;
    private static final int ROUNDS = 40;

    /** D2: every call completes exactly once, whenever the close comes. */
    @TestFactory
    Stream<DynamicTest> completesEveryCallExactlyOnceOverAClose() {
        return Seeds.each(
                LocalDoorThreadsTest.class,
                (random, repro) -> {
                    for (int round = 0; round < ROUNDS; round++) {
                        new Round(random).run();
                    }
                });
    }

    /** One life of a door: callers, one thread for its stages, one for its completions. */
    private static final class Round {
        private final int answersBeforeStop;
        private final int callsAfterClose;
        private final boolean stagesStopFirst;
        private final LocalDoor<Long, Long> door;
        private final LocalClient<Long, Long> client;
        private final FakeNode node;
        private final AtomicInteger submitted = new AtomicInteger();
        private final AtomicInteger completed = new AtomicInteger();
        private final AtomicInteger answered = new AtomicInteger();
        private final AtomicBoolean stagesEnd = new AtomicBoolean();
        private final AtomicBoolean closed = new AtomicBoolean();
        private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

        Round(Random random) {
            answersBeforeStop = random.nextInt(200);
            callsAfterClose = 1 + random.nextInt(50);
            stagesStopFirst = random.nextInt(4) > 0;
            door =
                    new LocalDoor<>(
                            new LocalDoor.Config(1, 1 + random.nextInt(8), 64),
                            CounterApplication.CODEC,
                            CounterApplication.CODEC,
                            new PipelineMeters(TraceConfig.DEFAULT, PipelineConfig.DEFAULT));
            client = new LocalClient<>(door, SystemTime.INSTANCE);
            node = new FakeNode(door, new CounterApplication());
        }

        void run() throws Exception {
            AtomicBoolean completionsEnd = new AtomicBoolean();
            List<Thread> callers = new ArrayList<>();
            for (int i = 0; i < CALLERS; i++) {
                callers.add(start(this::call));
            }
            Thread stages = start(this::serve);
            Thread completions =
                    start(() -> {
                        while (!completionsEnd.get()) {
                            door.background().doWork();
                            Thread.yield();
                        }
                        door.background().onClose();
                    });
            while (answered.get() < answersBeforeStop && failure.get() == null) {
                Thread.yield();
            }
            if (stagesStopFirst) {
                stagesEnd.set(true);
                stages.join();
            }
            door.close(null);
            stagesEnd.set(true);
            stages.join();
            completionsEnd.set(true);
            completions.join();
            closed.set(true);
            for (Thread caller : callers) {
                caller.join();
            }
            assertThat(failure.get()).isNull();
            assertThat(completed.get()).isEqualTo(submitted.get());
        }

        private void call() {
            int left = callsAfterClose;
            while (left > 0) {
                left -= closed.get() ? 1 : 0;
                submitted.incrementAndGet();
                CompletableFuture<?> answer =
                        left % 3 == 0
                                ? client.query(CounterApplication.class, (counter, live) -> 1)
                                : client.submit(1L, EventId.none());
                answer.whenComplete(this::count);
                if (left % 2 == 0) {
                    Thread.yield();
                }
            }
        }

        private void count(@Nullable Object result, @Nullable Throwable thrown) {
            completed.incrementAndGet();
            if (thrown == null) {
                answered.incrementAndGet();
            } else if (!(thrown instanceof MelinRefusedException)
                    && !(thrown instanceof MelinUnknownOutcomeException)) {
                failure.compareAndSet(null, thrown);
            }
        }

        private void serve() {
            while (!stagesEnd.get()) {
                node.poll();
                node.answerAll();
                Thread.yield();
            }
        }

        private Thread start(Body body) {
            Thread thread =
                    new Thread(() -> {
                        try {
                            body.run();
                        } catch (Throwable e) {
                            failure.compareAndSet(null, e);
                        }
                    });
            thread.start();
            return thread;
        }
    }

    private interface Body {
        void run() throws Exception;
    }
}
