package io.melin.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** {@link SpentPages}. */
class SpentPagesTest {
    private static final long SEGMENT_BYTES = 1 << 20;
    private static final int WINDOW = Zeros.BYTES_MAX;

    /** Q1: window by window, each just before its zeros, and no more than the archive has. */
    @Test
    void asMuchIsForgottenOfTheArchiveAsZerosAreWritten() throws IOException {
        try (RotatingJournal run = new RotatingJournal(SEGMENT_BYTES)) {
            run.fillTo(SEGMENT_BYTES / 2 + 1);
            long sealedBytes = run.writer().durableProgress().offset();
            run.rotate();
            String archive = "melin.journal.000001";
            assertThat(run.storage.bytes(archive).length).isEqualTo((int) sealedBytes);
            assertThat(run.storage.forgotten()).as("nothing is written for it yet").isEmpty();
            run.fillAnEighth();
            run.storage.hook((call, file, offset, bytes) -> {
                if (call.equals("write") && file.contains("prepared")) {
                    assertThat(run.storage.forgotten())
                            .hasSize((int) Math.min(3, offset / WINDOW + 1));
                }
                return bytes;
            });

            run.prepare();

            long rest = run.storage.bytes(archive).length - 2L * WINDOW;
            assertThat(run.storage.forgotten())
                    .containsExactly(
                            archive + " 0 " + WINDOW,
                            archive + " " + WINDOW + " " + WINDOW,
                            archive + " " + 2 * WINDOW + " " + rest);
            run.storage.hook((call, file, offset, bytes) -> bytes);

            run.rotate();
            run.fillAnEighth();
            run.prepare();
            assertThat(run.storage.forgotten()).hasSize(4);
            assertThat(run.storage.forgotten().get(3)).startsWith("melin.journal.000002 0 ");
        }
    }

    /** Q2. */
    @Test
    void theLiveSegmentIsNotTouched() throws IOException {
        try (RotatingJournal run = RotatingJournal.prezeroed(SEGMENT_BYTES, 3 * SEGMENT_BYTES)) {
            run.append(1);
            run.prepare();
            assertThat(run.prepared()).hasSize(3);
            assertThat(run.storage.forgotten()).isEmpty();

            run.rotate();
            run.append(1);
            run.rotate();
            run.append(1);
            run.prepare();

            assertThat(run.storage.forgotten())
                    .as("the last archive alone")
                    .singleElement()
                    .asString()
                    .startsWith("melin.journal.000002 0 ");
            assertThat(run.replay()).isEqualTo(run.written);
        }
    }
}
