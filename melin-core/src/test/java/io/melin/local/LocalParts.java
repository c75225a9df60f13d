package io.melin.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.melin.app.Codec;
import io.melin.app.MelinOperations;
import io.melin.app.MelinRefusedException;
import io.melin.app.Refusal;
import io.melin.pipeline.PipelineMeters;
import io.melin.testing.CounterApplication;
import io.melin.time.SystemTime;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** {@link LocalDoor} with {@link LocalClient} in front and {@link Completions} behind it. */
record LocalParts(LocalDoor<Long, Long> door, FakeNode node, MelinOperations<Long, Long> client) {
    static final int PERMITS = 4;
    static final int PAYLOAD_BYTES_MAX = 64;

    static LocalParts of(Codec<Long> events, Codec<Long> reports, PipelineMeters meters) {
        LocalDoor<Long, Long> door =
                new LocalDoor<>(
                        new LocalDoor.Config(1, PERMITS, PAYLOAD_BYTES_MAX),
                        events,
                        reports,
                        meters);
        return new LocalParts(
                door,
                new FakeNode(door, new CounterApplication()),
                new LocalClient<>(door, SystemTime.INSTANCE));
    }

    void complete() throws Exception {
        door.background().doWork();
    }

    void serve() throws Exception {
        node.poll();
        node.answerAll();
        complete();
    }

    CompletableFuture<Long> query() {
        return client.query(CounterApplication.class, (counter, live) -> counter.total);
    }

    static void assertRefused(CompletableFuture<?> answer, Refusal refusal) {
        assertThat(answer).isDone();
        assertThatThrownBy(answer::join)
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        MelinRefusedException.class,
                        refused -> assertThat(refused.refusal()).isEqualTo(refusal));
    }
}
