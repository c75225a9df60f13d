package io.melin.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.melin.pipeline.PipelineConfig;
import io.melin.pipeline.PipelineMeters;
import io.melin.pipeline.TraceConfig;
import io.melin.stage.Wakeup;
import io.melin.testing.CounterApplication;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Who wakes the completion thread, and when. */
class FinishedCallsTest {
    private final AtomicInteger wakeups = new AtomicInteger();
    private final LocalParts parts =
            LocalParts.of(
                    CounterApplication.CODEC,
                    CounterApplication.CODEC,
                    new PipelineMeters(TraceConfig.DEFAULT, PipelineConfig.DEFAULT));

    /** Answers of other doors are flushed thousands of times a second: a system call each. */
    @Test
    void aFlushOfOthersAnswersWakesNobody() {
        parts.door().wire(Wakeup.NONE, wakeups::incrementAndGet);

        parts.door().flush();

        assertThat(wakeups).hasValue(0);
    }

    @Test
    void aFlushWakesUntilTheAnswerIsTaken() throws Exception {
        parts.door().wire(Wakeup.NONE, wakeups::incrementAndGet);
        parts.client().submit(1L);
        parts.node().poll();
        parts.node().answerAll();
        int before = wakeups.get();

        parts.door().flush();
        assertThat(wakeups.get() - before).isEqualTo(1);

        parts.complete();
        parts.door().flush();
        assertThat(wakeups.get() - before).isEqualTo(1);
    }
}
