package io.melin.local;

import static io.melin.local.LocalParts.PAYLOAD_BYTES_MAX;
import static io.melin.local.LocalParts.PERMITS;
import static io.melin.local.LocalParts.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.melin.app.Codec;
import io.melin.app.MelinResult;
import io.melin.app.Refusal;
import io.melin.pipeline.PipelineConfig;
import io.melin.pipeline.PipelineMeters;
import io.melin.pipeline.TraceConfig;
import io.melin.testing.CounterApplication;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What {@link LocalDoor} makes of the codecs of others, whatever those do. */
class LocalCodecTest {
    private final PipelineMeters meters =
            new PipelineMeters(TraceConfig.DEFAULT, PipelineConfig.DEFAULT);
    private Codec<Long> events = CounterApplication.CODEC;
    private Codec<Long> reports = CounterApplication.CODEC;

    private LocalParts parts() {
        return LocalParts.of(events, reports, meters);
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
        LocalParts parts = parts();

        assertRefused(parts.client().submit(1L), Refusal.TOO_LARGE);
        assertThat(parts.door().inFlight()).isZero();
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
        LocalParts parts = parts();

        assertRefused(parts.client().submit(1L), Refusal.MALFORMED);
        assertThat(parts.door().inFlight()).isZero();
    }

    @Test
    void keepsNoPermitAfterAnExceptionOfTheCodec() {
        IllegalStateException thrown = new IllegalStateException("no such event");
        events = throwing(thrown);
        LocalParts parts = parts();

        for (int i = 0; i < 2 * PERMITS; i++) {
            assertThatThrownBy(() -> parts.client().submit(1L).join()).hasCause(thrown);
        }
        assertThat(parts.door().inFlight()).isZero();
    }

    @Test
    void keepsNoPermitAfterAnErrorOfTheCodec() {
        events = throwing(new StackOverflowError("deep"));
        LocalParts parts = parts();

        for (int i = 0; i < 2 * PERMITS; i++) {
            assertThatThrownBy(() -> parts.client().submit(1L))
                    .isInstanceOf(StackOverflowError.class);
        }
        assertThat(parts.door().inFlight()).isZero();
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
        LocalParts parts = parts();

        for (long i = 1; i <= 2 * PERMITS; i++) {
            parts.client().submit(i);
            parts.node().poll();

            byte[] payload = parts.node().taken.get(parts.node().taken.size() - 1).payload();
            assertThat(payload).containsExactly(0, 0, 0, 0, 0, 0, 0, (int) i);
            parts.node().answerAll();
            parts.complete();
        }
    }

    @Test
    @SuppressWarnings("NullAway") // what a caller without the analysis may do
    void takesNoNullAndKeepsNoPermit() {
        LocalParts parts = parts();

        assertThatThrownBy(() -> parts.client().submit(null))
                .isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> parts.client().submit(1L, null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("id");
        assertThatThrownBy(() -> parts.client().query(null, (counter, live) -> 1))
                .isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> parts.client().query(CounterApplication.class, null))
                .isInstanceOf(NullPointerException.class);
        assertThat(parts.door().inFlight()).isZero();
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
        LocalParts parts = parts();
        CompletableFuture<MelinResult<Long>> first = parts.client().submit(1L);
        CompletableFuture<MelinResult<Long>> second = parts.client().submit(2L);
        CompletableFuture<MelinResult<Long>> third = parts.client().submit(3L);

        parts.serve();

        assertThat(first.join().reports()).containsExactly(1L);
        assertThatThrownBy(second::join).hasCauseInstanceOf(StackOverflowError.class);
        assertThat(third.join().reports()).containsExactly(3L);
        assertThat(parts.door().inFlight()).isZero();
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
}
