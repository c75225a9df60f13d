package io.melin.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
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
                    .allMatch(call -> call.startsWith("melin.journal.00000"))
                    .first()
                    .asString()
                    .startsWith("melin.journal.000001 0 ");
            assertThat(run.replay()).isEqualTo(run.written);
        }
    }

    /** Q3: and the oldest first, twice as fast, once it has been read. */
    @Test
    void whatAFollowerHasYetToReadStays() throws IOException {
        try (RotatingJournal run = new RotatingJournal(SEGMENT_BYTES)) {
            Follower follower = run.journal.follower();
            follower.reads(1);
            rotateFull(run, 3);
            follower.reads(3);
            assertThat(run.storage.forgotten()).as("it reads the first").isEmpty();

            rotateFull(run, 1);
            List<String> twice = run.storage.forgotten();
            assertThat(twice.get(0)).isEqualTo("melin.journal.000001 0 " + 2 * WINDOW);
            assertThat(twice.get(1)).startsWith("melin.journal.000001 " + 2 * WINDOW + " ");
            assertThat(twice).as("the next one").anyMatch(call -> call.contains("000002 0 "));
            assertThat(twice).as("it reads the third").noneMatch(call -> call.contains("000003"));

            follower.ends();
            rotateFull(run, 6);
            assertThat(run.storage.forgotten()).anyMatch(call -> call.contains("000003 0 "));
            long last = run.live() - 1;
            assertThat(run.storage.forgotten())
                    .as("no more waits than one")
                    .last()
                    .asString()
                    .startsWith("melin.journal.%06d ".formatted(last));
        }
    }

    /** Fills three quarters of a segment, and has the next one made each time. */
    private static void rotateFull(RotatingJournal run, int count) {
        for (int i = 0; i < count; i++) {
            run.fillTo(SEGMENT_BYTES * 3 / 4);
            run.rotate();
            run.fillAnEighth();
            run.prepare();
        }
    }
}
