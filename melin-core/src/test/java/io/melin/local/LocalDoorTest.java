package io.melin.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.melin.app.Application;
import io.melin.app.Codec;
import io.melin.app.EventId;
import io.melin.app.EventRejectedException;
import io.melin.app.MelinOperations;
import io.melin.app.MelinRefusedException;
import io.melin.app.MelinResult;
import io.melin.app.MelinUnknownOutcomeException;
import io.melin.app.Refusal;
import io.melin.local.FakeNode.Taken;
import io.melin.pipeline.OutputKind;
import io.melin.pipeline.PipelineConfig;
import io.melin.pipeline.PipelineMeters;
import io.melin.pipeline.TraceConfig;
import io.melin.testing.CounterApplication;
import io.melin.time.SystemTime;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@link LocalDoor} with {@link LocalClient} in front and {@link Completions} behind it. */
class LocalDoorTest {
    private static final int PERMITS = 4;
    private static final int PAYLOAD_BYTES_MAX = 64;

    private final PipelineMeters meters =
            new PipelineMeters(TraceConfig.DEFAULT, PipelineConfig.DEFAULT);
    private final CounterApplication application = new CounterApplication();
    private Codec<Long> events = CounterApplication.CODEC;
    private Codec<Long> reports = CounterApplication.CODEC;

    private record Parts(
            LocalDoor<Long, Long> door, FakeNode node, MelinOperations<Long, Long> client) {
        void complete() throws Exception {
            door.background().doWork();
        }

        void serve() throws Exception {
            node.poll();
            node.answerAll();
            complete();
        }
    }

    private Parts parts() {
        LocalDoor<Long, Long> door =
                new LocalDoor<>(
                        new LocalDoor.Config(1, PERMITS, PAYLOAD_BYTES_MAX),
                        events,
                        reports,
                        meters);
        return new Parts(
                door,
                new FakeNode(door, application),
                new LocalClient<>(door, SystemTime.INSTANCE));
    }

    /** D1. */
    @Test
    void refusesTheCallBeyondItsPermitsAndCountsIt() throws Exception {
        Parts parts = parts();
        List<CompletableFuture<MelinResult<Long>>> answers = new ArrayList<>();
        for (long i = 0; i < PERMITS; i++) {
            answers.add(parts.client.submit(i));
        }

        assertRefused(parts.client.submit(9L), Refusal.OVERLOADED);
        assertRefused(query(parts), Refusal.OVERLOADED);
        assertThat(meters.refused(Refusal.OVERLOADED)).isEqualTo(2);
        assertThat(parts.door.inFlight()).isEqualTo(PERMITS);

        parts.serve();
        assertThat(answers).allMatch(CompletableFuture::isDone);
        assertThat(parts.door.inFlight()).isZero();
        CompletableFuture<MelinResult<Long>> later = parts.client.submit(5L);
        parts.serve();
        assertThat(later.join()).isEqualTo(new MelinResult<>(5, 7, List.of(5L), false));
    }

    /** D1. */
    @Test
    void hasThePermitFreeBeforeACallbackRuns() throws Exception {
        Parts parts = parts();
        AtomicReference<CompletableFuture<MelinResult<Long>>> next = new AtomicReference<>();
        List<CompletableFuture<MelinResult<Long>>> answers = new ArrayList<>();
        for (long i = 0; i < PERMITS; i++) {
            answers.add(parts.client.submit(i));
        }
        answers.get(0).thenRun(() -> next.set(parts.client.submit(7L)));

        parts.serve();
        parts.serve();

        assertThat(next.get().join().reports()).containsExactly(7L);
    }

    @Test
    void holdsTheCallThatFindsNoRoomAndKeepsTheOrder() throws Exception {
        Parts parts = parts();
        List<CompletableFuture<MelinResult<Long>>> answers = new ArrayList<>();
        parts.node.room = 1;
        for (long i = 1; i <= 3; i++) {
            answers.add(parts.client.submit(i));
        }

        assertThat(parts.node.poll()).isEqualTo(1);
        assertThat(parts.node.poll()).isZero();
        parts.node.room = 1;
        answers.add(parts.client.submit(4L));
        assertThat(parts.node.poll()).isEqualTo(1);
        parts.node.room = 10;
        assertThat(parts.node.poll()).isEqualTo(2);
        parts.node.answerAll();
        parts.complete();

        for (int i = 0; i < answers.size(); i++) {
            MelinResult<Long> result = answers.get(i).join();
            assertThat(result.sequence()).isEqualTo(i + 1);
            assertThat(result.reports()).containsExactly(i + 1L);
        }
    }

    @ParameterizedTest
    @EnumSource(value = Refusal.class, mode = EnumSource.Mode.EXCLUDE, names = "OVERLOADED")
    void tellsWhyTheIngressRefused(Refusal refusal) throws Exception {
        Parts parts = parts();
        parts.node.refusal = refusal;

        CompletableFuture<MelinResult<Long>> submit = parts.client.submit(1L);
        CompletableFuture<Long> query = query(parts);
        parts.serve();

        assertRefused(submit, refusal);
        assertRefused(query, refusal);
        assertThat(meters.refused(refusal)).isEqualTo(2);
        assertThat(parts.door.inFlight()).isZero();
    }

    @Test
    void refusesAHeldCallOnceTheIngressNoLongerTakesAny() throws Exception {
        Parts parts = parts();
        parts.node.room = 0;
        CompletableFuture<MelinResult<Long>> answer = parts.client.submit(1L);
        parts.node.poll();

        parts.node.refusal = Refusal.DRAINING;
        parts.serve();

        assertRefused(answer, Refusal.DRAINING);
    }

    /** D2. */
    @Test
    void closeRefusesWhatWasQueuedAndDoesNotKnowOfWhatWasTaken() throws Exception {
        Parts parts = parts();
        CompletableFuture<MelinResult<Long>> taken = parts.client.submit(1L, EventId.of(3, 4));
        CompletableFuture<Long> asked = query(parts);
        parts.node.room = 2;
        parts.node.poll();
        CompletableFuture<MelinResult<Long>> held = parts.client.submit(2L);
        parts.node.poll();
        CompletableFuture<MelinResult<Long>> queued = parts.client.submit(3L);
        IllegalStateException cause = new IllegalStateException("disk gone");

        parts.door.close(cause);
        parts.door.close(null);
        parts.node.answerAll();
        parts.node.poll();
        parts.door.background().onClose();

        assertThatThrownBy(taken::join)
                .hasRootCause(cause)
                .cause()
                .isInstanceOfSatisfying(
                        MelinUnknownOutcomeException.class,
                        unknown -> assertThat(unknown.id()).isEqualTo(EventId.of(3, 4)));
        assertRefused(asked, Refusal.DRAINING);
        assertRefused(held, Refusal.DRAINING);
        assertRefused(queued, Refusal.DRAINING);
    }

    /** D2: nobody is left to complete it, neither a stage nor the completion thread. */
    @Test
    void refusesACallThatComesAfterTheEndHoweverManyCome() throws Exception {
        Parts parts = parts();
        parts.door.close(null);
        parts.door.background().onClose();

        for (int i = 0; i < 3 * PERMITS; i++) {
            assertRefused(parts.client.submit(1L), Refusal.DRAINING);
            assertRefused(query(parts), Refusal.DRAINING);
        }
    }

    @Test
    void refusesWhatIsTooLargeBeforeItEncodesIt() {
        events =
                new Wrapped(events) {
                    @Override
                    public int size(Long value) {
                        return PAYLOAD_BYTES_MAX + 1;
                    }

                    @Override
                    public void encode(Long value, ByteBuffer out) {
                        throw new AssertionError("encoded");
                    }
                };
        Parts parts = parts();

        assertRefused(parts.client.submit(1L), Refusal.TOO_LARGE);
        assertThat(parts.door.inFlight()).isZero();
    }

    @Test
    void refusesWhatTheCodecWouldNotTakeBack() {
        events =
                new Wrapped(events) {
                    @Override
                    public boolean isValid(ByteBuffer in) {
                        return false;
                    }
                };
        Parts parts = parts();

        assertRefused(parts.client.submit(1L), Refusal.MALFORMED);
        assertThat(parts.door.inFlight()).isZero();
    }

    @Test
    void keepsNoPermitAfterAnExceptionOfTheCodec() {
        IllegalStateException thrown = new IllegalStateException("no such event");
        events = throwing(thrown);
        Parts parts = parts();

        for (int i = 0; i < 2 * PERMITS; i++) {
            assertThatThrownBy(() -> parts.client.submit(1L).join()).hasCause(thrown);
        }
        assertThat(parts.door.inFlight()).isZero();
    }

    @Test
    void keepsNoPermitAfterAnErrorOfTheCodec() {
        events = throwing(new StackOverflowError("deep"));
        Parts parts = parts();

        for (int i = 0; i < 2 * PERMITS; i++) {
            assertThatThrownBy(() -> parts.client.submit(1L))
                    .isInstanceOf(StackOverflowError.class);
        }
        assertThat(parts.door.inFlight()).isZero();
    }

    @Test
    void submitsWhatWasEncodedWhateverTheCodecDoesToTheBuffer() throws Exception {
        events =
                new Wrapped(CounterApplication.CODEC) {
                    @Override
                    public void encode(Long value, ByteBuffer out) {
                        assertThat(out.order()).isEqualTo(ByteOrder.LITTLE_ENDIAN);
                        out.order(ByteOrder.BIG_ENDIAN).putLong(value);
                    }

                    @Override
                    public boolean isValid(ByteBuffer in) {
                        assertThat(in.order()).isEqualTo(ByteOrder.LITTLE_ENDIAN);
                        in.position(4).limit(5);
                        return true;
                    }
                };
        Parts parts = parts();

        for (long i = 1; i <= 2 * PERMITS; i++) {
            parts.client.submit(i);
            parts.node.poll();

            byte[] payload = parts.node.taken.get(parts.node.taken.size() - 1).payload();
            assertThat(payload).containsExactly(0, 0, 0, 0, 0, 0, 0, (int) i);
            parts.node.answerAll();
            parts.complete();
        }
    }

    @Test
    @SuppressWarnings("NullAway") // what a caller without the analysis may do
    void takesNoNullAndKeepsNoPermit() {
        Parts parts = parts();

        assertThatThrownBy(() -> parts.client.submit(null))
                .isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> parts.client.submit(1L, null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("id");
        assertThatThrownBy(() -> parts.client.query(null, (counter, live) -> 1))
                .isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> parts.client.query(CounterApplication.class, null))
                .isInstanceOf(NullPointerException.class);
        assertThat(parts.door.inFlight()).isZero();
    }

    @Test
    void answersAQueryWithWhatItThrew() throws Exception {
        Parts parts = parts();
        IllegalStateException thrown = new IllegalStateException("not for you");

        CompletableFuture<Long> answer =
                parts.client.query(
                        CounterApplication.class,
                        (counter, live) -> {
                            throw thrown;
                        });
        parts.serve();

        assertThatThrownBy(answer::join).hasCause(thrown);
        CompletableFuture<Long> next = query(parts);
        parts.serve();
        assertThat(next.join()).isZero();
    }

    @Test
    void answersAQueryForAnotherApplicationWithBothNames() throws Exception {
        Parts parts = parts();

        CompletableFuture<Long> answer =
                parts.client.query(OtherApplication.class, (other, live) -> 1L);
        parts.serve();

        assertThatThrownBy(answer::join)
                .hasCauseInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(OtherApplication.class.getName())
                .hasMessageContaining(CounterApplication.class.getName());
    }

    @Test
    void tellsWhatBecameOfAnEvent() throws Exception {
        Parts parts = parts();
        CompletableFuture<MelinResult<Long>> empty = parts.client.submit(1L);
        CompletableFuture<MelinResult<Long>> rejected = parts.client.submit(2L);
        CompletableFuture<MelinResult<Long>> conflict = parts.client.submit(3L);
        CompletableFuture<MelinResult<Long>> unknown = parts.client.submit(4L, EventId.of("four"));
        parts.node.poll();
        List<Taken> taken = List.copyOf(parts.node.taken);

        parts.node.deliver(taken.get(0), OutputKind.EMPTY, new byte[0]);
        parts.node.deliver(
                taken.get(1), OutputKind.REJECTED, "zu spät".getBytes(StandardCharsets.UTF_8));
        parts.node.deliver(taken.get(2), OutputKind.ID_CONFLICT, new byte[0]);
        parts.node.deliver(taken.get(3), OutputKind.UNKNOWN_OUTCOME, new byte[0]);
        parts.complete();

        assertThat(empty.join()).isEqualTo(new MelinResult<>(1, 7, List.of(), false));
        assertThatThrownBy(rejected::join)
                .cause()
                .isInstanceOfSatisfying(
                        EventRejectedException.class,
                        e -> assertThat(e.reason()).isEqualTo("zu spät"));
        assertRefused(conflict, Refusal.ID_CONFLICT);
        assertThatThrownBy(unknown::join)
                .cause()
                .isInstanceOfSatisfying(
                        MelinUnknownOutcomeException.class,
                        e -> assertThat(e.id()).isEqualTo(EventId.of("four")));
    }

    /** D2: the thread that completes them all must survive each of them. */
    @Test
    void failsOneCallAloneWhoseReportCannotBeDecoded() throws Exception {
        reports =
                new Wrapped(CounterApplication.CODEC) {
                    @Override
                    public Long decode(ByteBuffer in, int version) {
                        long value = in.getLong();
                        if (value == 2) {
                            throw new StackOverflowError("deep");
                        }
                        return value;
                    }
                };
        Parts parts = parts();
        CompletableFuture<MelinResult<Long>> first = parts.client.submit(1L);
        CompletableFuture<MelinResult<Long>> second = parts.client.submit(2L);
        CompletableFuture<MelinResult<Long>> third = parts.client.submit(3L);

        parts.serve();

        assertThat(first.join().reports()).containsExactly(1L);
        assertThatThrownBy(second::join).hasCauseInstanceOf(StackOverflowError.class);
        assertThat(third.join().reports()).containsExactly(3L);
        assertThat(parts.door.inFlight()).isZero();
    }

    @Test
    void waitsNoLongerThanItWasTold() {
        Parts parts = parts();

        assertThatThrownBy(() ->
                        parts.client.submitAndWait(1L, EventId.of(1, 2), Duration.ofMillis(1)))
                .isInstanceOfSatisfying(
                        MelinUnknownOutcomeException.class,
                        unknown -> assertThat(unknown.id()).isEqualTo(EventId.of(1, 2)));
    }

    @Test
    void waitsForEverIfItWasToldSo() {
        Parts parts = parts();
        parts.door.close(null);

        assertThatThrownBy(() ->
                        parts.client.submitAndWait(
                                1L, EventId.none(), Duration.ofSeconds(Long.MAX_VALUE)))
                .isInstanceOf(MelinRefusedException.class);
    }

    @Test
    void doesNotKnowTheOutcomeWhenInterrupted() {
        Parts parts = parts();
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> parts.client.submitAndWait(1L, EventId.none(), Duration.ofDays(1)))
                .isInstanceOf(MelinUnknownOutcomeException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    private static CompletableFuture<Long> query(Parts parts) {
        return parts.client.query(CounterApplication.class, (counter, live) -> counter.total);
    }

    private static void assertRefused(CompletableFuture<?> answer, Refusal refusal) {
        assertThat(answer).isDone();
        assertThatThrownBy(answer::join)
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        MelinRefusedException.class,
                        refused -> assertThat(refused.refusal()).isEqualTo(refusal));
    }

    private static Codec<Long> throwing(Throwable thrown) {
        return new Wrapped(CounterApplication.CODEC) {
            @Override
            public int size(Long value) {
                if (thrown instanceof Error error) {
                    throw error;
                }
                throw (RuntimeException) thrown;
            }
        };
    }

    private interface OtherApplication extends Application<Long, Long> {}

    /** A codec to change one method of. */
    private static class Wrapped implements Codec<Long> {
        private final Codec<Long> codec;

        Wrapped(Codec<Long> codec) {
            this.codec = codec;
        }

        @Override
        public int version() {
            return codec.version();
        }

        @Override
        public int size(Long value) {
            return codec.size(value);
        }

        @Override
        public void encode(Long value, ByteBuffer out) {
            codec.encode(value, out);
        }

        @Override
        public boolean isValid(ByteBuffer in) {
            return codec.isValid(in);
        }

        @Override
        public Long decode(ByteBuffer in, int version) {
            return codec.decode(in, version);
        }
    }
}
