package io.melin.journaled;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.melin.app.Application;
import io.melin.app.Codec;
import io.melin.app.EventContext;
import io.melin.app.EventId;
import io.melin.app.EventRejected;
import io.melin.app.EventRejectedException;
import io.melin.app.MelinRefusedException;
import io.melin.app.Reports;
import io.melin.app.SnapshotReader;
import io.melin.app.SnapshotWriter;
import io.melin.journal.JournalConfig;
import io.melin.journal.JournalPorts;
import io.melin.journal.RotationResult;
import io.melin.storage.FileSystemStorage;
import io.melin.time.SystemTime;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournaledApplicationTest {
    @TempDir Path directory;

    private final JournalPorts ports =
            new JournalPorts(FileSystemStorage.INSTANCE, SystemTime.INSTANCE);
    private final JournaledApplication.Program<Long, Long> program =
            new JournaledApplication.Program<>(new Sum(), new Longs(), new Longs());

    @Test
    void executesAndRecoversWithoutAPipeline() {
        try (JournaledApplication<Long, Long> sum =
                JournaledApplication.create(program, config(), ports)) {
            assertThat(sum.execute(40L, EventId.of("a")).reports()).containsExactly(40L);
            assertThat(sum.execute(2L, EventId.none()).reports()).containsExactly(42L);
        }
        try (JournaledApplication<Long, Long> sum =
                JournaledApplication.recover(program, config(), ports)) {
            assertThat(sum.execute(40L, EventId.of("a")).duplicate()).isTrue();
            assertThat(sum.execute(1L, EventId.none()).reports()).containsExactly(43L);
            assertThat(sum.execute(1L, EventId.none()).sequence()).isEqualTo(5);
        }
    }

    /** A first repeat after a start is found as quickly as every other. */
    @Test
    void isReadyForRepeatsWhenItIsOpen() {
        try (JournaledApplication<Long, Long> sum =
                JournaledApplication.create(program, config(), ports)) {
            for (int i = 1; i <= 40; i++) {
                sum.execute(1L, EventId.of(7, i));
            }
        }
        try (JournaledApplication<Long, Long> sum =
                JournaledApplication.recover(program, config(), ports)) {
            assertThat(sum.applier().keepReady()).as("entered after the start").isZero();
            assertThat(sum.execute(1L, EventId.of(7, 40)).duplicate()).isTrue();
        }
    }

    @Test
    void createsOnlyWhatIsNotThereAndRecoversOnlyWhatIs() {
        assertThatThrownBy(() -> JournaledApplication.recover(program, config(), ports))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("nothing to recover");
        JournaledApplication.create(program, config(), ports).close();
        assertThatThrownBy(() -> JournaledApplication.create(program, config(), ports))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("a journal exists");
    }

    @Test
    void refusesAndRejectsAsAPipelineDoes() {
        try (JournaledApplication<Long, Long> sum =
                JournaledApplication.open(program, config(), ports)) {
            assertThatThrownBy(() -> sum.execute(0L, EventId.none()))
                    .isInstanceOf(EventRejectedException.class);
            sum.execute(1L, EventId.of("a"));
            assertThatThrownBy(() -> sum.execute(2L, EventId.of("a")))
                    .isInstanceOf(MelinRefusedException.class)
                    .hasMessageContaining("ID_CONFLICT");
            assertThatThrownBy(() -> sum.execute(-1L, EventId.none()))
                    .isInstanceOf(MelinRefusedException.class)
                    .hasMessageContaining("MALFORMED");
            assertThat(sum.applier().lastSequence()).isEqualTo(3);
        }
    }

    @Test
    void rotatesOnTheCallersThreadAndRecoversAllSegments() {
        try (JournaledApplication<Long, Long> sum =
                JournaledApplication.create(program, config(), ports)) {
            assertThat(sum.rotate().outcome()).isEqualTo(RotationResult.Outcome.EMPTY);
            sum.execute(1L, EventId.none());
            sum.execute(2L, EventId.none());
            assertThat(sum.rotate())
                    .isEqualTo(new RotationResult(RotationResult.Outcome.FALLBACK, 1, 2));
            sum.execute(3L, EventId.none());
        }
        try (JournaledApplication<Long, Long> sum =
                JournaledApplication.recover(program, config(), ports)) {
            assertThat(sum.execute(4L, EventId.none()).reports()).containsExactly(10L);
            assertThat(sum.journal().report().segment()).isEqualTo(2);
        }
    }

    private JournalConfig config() {
        return JournalConfig.of(directory.resolve("journal"), 1, 1).withPrezeroedBytes(1 << 16);
    }

    private static final class Sum implements Application<Long, Long> {
        private long total;

        @Override
        public void apply(Long event, EventContext context, Reports<Long> reports) {
            if (event == 0) {
                throw new EventRejected("ZERO");
            }
            total += event;
            reports.add(total);
        }

        @Override
        public Sum fresh() {
            return new Sum();
        }

        @Override
        public void snapshot(SnapshotWriter out) {}

        @Override
        public void restore(SnapshotReader in, int version) {}
    }

    /** Eight bytes; a negative number is not valid. */
    private static final class Longs implements Codec<Long> {
        @Override
        public int version() {
            return 1;
        }

        @Override
        public int size(Long value) {
            return Long.BYTES;
        }

        @Override
        public void encode(Long value, ByteBuffer out) {
            out.putLong(value);
        }

        @Override
        public boolean isValid(ByteBuffer in) {
            return in.remaining() == Long.BYTES && in.getLong() >= 0;
        }

        @Override
        public Long decode(ByteBuffer in, int version) {
            return in.getLong();
        }
    }
}
