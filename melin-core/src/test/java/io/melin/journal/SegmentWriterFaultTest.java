package io.melin.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.melin.journal.JournalException.JournalIoFailure;
import io.melin.journal.JournalException.JournalPoisoned;
import io.melin.journal.TestJournal.Clock;
import io.melin.journal.TestJournal.Entry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A scripted run of appends, failed at its n-th call, for every n. J1, J2. */
class SegmentWriterFaultTest {
    private static final int BATCHES = 40;

    enum Fault {
        EIO {
            @Override
            int apply(int bytes) throws IOException {
                throw new IOException("Input/output error");
            }
        },
        ENOSPC {
            @Override
            int apply(int bytes) throws IOException {
                throw new IOException("No space left on device");
            }
        },
        NO_PROGRESS {
            @Override
            int apply(int bytes) {
                return 0;
            }
        },
        BUG {
            @Override
            int apply(int bytes) {
                throw new IllegalStateException("a bug below");
            }
        };

        abstract int apply(int bytes) throws IOException;
    }

    /** One journal, one script; everything that it saw. */
    private static final class Run {
        private final MemoryStorage storage = new MemoryStorage();
        private final Clock clock = new Clock();
        private final Random random = new Random(3);
        private final List<Entry> written = new ArrayList<>();
        private final Journal journal = TestJournal.open(storage, clock, new ArrayList<>());
        private int completed;
        private int ahead;

        void batch() {
            int count = 1 + random.nextInt(40);
            for (int i = 0; i < count; i++) {
                assertThat(
                                TestJournal.append(
                                        journal.frames(),
                                        written.size() + 1L,
                                        random,
                                        written,
                                        1_000))
                        .isTrue();
            }
            journal.frames().publish();
            clock.advance(4_000_000);
            if (count % 2 == 0) {
                journal.writer().writeAhead(journal.frames(), sequence -> {});
                ahead++;
            }
            assertThat(journal.writer().writeAndForce(journal.frames())).isTrue();
            completed = written.size();
        }
    }

    /** Without a fault. */
    private static Run goodRun() {
        Run run = new Run();
        for (int i = 0; i < BATCHES; i++) {
            run.batch();
        }
        assertThat(run.ahead).isBetween(BATCHES / 4, BATCHES - BATCHES / 4);
        return run;
    }

    @ParameterizedTest
    @EnumSource
    void movesNoCursorAndNeverTriesAgainAfter(Fault fault) {
        Run good = goodRun();
        int calls = good.storage.changes() - new Run().storage.changes();
        assertThat(calls).isGreaterThan(2 * BATCHES);
        int failed = 0;
        for (int n = 1; n <= calls; n++) {
            Run run = new Run();
            int at = run.storage.changes() + n;
            run.storage.hook((call, file, offset, bytes) -> {
                boolean isDue = run.storage.changes() == at;
                boolean isMeant = fault != Fault.NO_PROGRESS || call.equals("write");
                return isDue && isMeant ? fault.apply(bytes) : bytes;
            });
            failed += failsForEver(run, fault, at) ? 1 : 0;
        }

        // Every call was failed once; a sync and its begin have no way to make no progress.
        int writes = calls - BATCHES - good.ahead;
        assertThat(failed).isEqualTo(fault == Fault.NO_PROGRESS ? writes : calls);
    }

    private static boolean failsForEver(Run run, Fault fault, int at) {
        Throwable failure = null;
        for (int i = 0; i < BATCHES && failure == null; i++) {
            failure = catchThrowable(run::batch);
        }
        if (failure == null) {
            return false;
        }
        assertThat(failure)
                .isInstanceOf(
                        fault == Fault.BUG ? IllegalStateException.class : JournalIoFailure.class);
        SegmentWriter writer = run.journal.writer();
        assertThat(run.storage.changes()).as("nothing was tried after call %d", at).isEqualTo(at);
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> writer.writeAndForce(run.journal.frames()))
                    .isInstanceOf(JournalPoisoned.class)
                    .hasRootCauseMessage(rootCause(failure).getMessage());
            assertThat(writer.isPoisoned()).isTrue();
            assertThat(writer.durableSequence().acquire()).isEqualTo(run.completed);
            assertThat(writer.durableProgress().sequence()).isEqualTo(run.completed);
            assertThat(run.journal.frames().backlogBytes()).isPositive();
        }
        run.journal.close();
        assertThat(run.storage.changes()).isEqualTo(at);
        recovers(run);
        return true;
    }

    /** What was published is there, and nothing that was not framed. */
    private static void recovers(Run run) {
        run.storage.hook((call, file, offset, bytes) -> bytes);
        List<Entry> replayed = TestJournal.replay(run.storage);
        assertThat(replayed.size()).isBetween(run.completed, run.written.size());
        assertThat(replayed).isEqualTo(run.written.subList(0, replayed.size()));
    }

    @Test
    void goesOnAfterShortWrites() {
        Run run = new Run();
        Random random = new Random(5);
        run.storage.hook((call, file, offset, bytes) ->
                call.equals("write") ? 1 + random.nextInt(bytes) : bytes);
        for (int i = 0; i < BATCHES; i++) {
            run.batch();
        }
        run.journal.close();

        assertThat(TestJournal.replay(run.storage)).isEqualTo(run.written);
    }

    private static Throwable rootCause(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    private static @Nullable Throwable catchThrowable(Runnable body) {
        try {
            body.run();
            return null;
        } catch (RuntimeException e) {
            return e;
        }
    }
}
