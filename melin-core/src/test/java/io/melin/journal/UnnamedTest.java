package io.melin.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.melin.integrity.ChainHash;
import io.melin.journal.JournalException.JournalIoFailure;
import io.melin.journal.JournalException.RotationUnfinished;
import io.melin.journal.TestJournal.Clock;
import io.melin.journal.TestJournal.Entry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Row 36: segments with entries that never got their name. U1 and U2 of {@link Unnamed}. */
class UnnamedTest {
    private static final String STAGING = "melin.journal.next-staging";
    private static final String PREPARED = "melin.journal.next-prepared-1";

    private List<Entry> written = List.of();

    /** Two archives and a live segment with entries; then the last rotation's names are lost. */
    private MemoryStorage unfinished(String name, boolean isFirstRenameKept) throws IOException {
        RotatingJournal run = new RotatingJournal(0);
        for (int segment = 0; segment < 2; segment++) {
            run.append(6);
            run.rotate();
        }
        run.append(6);
        run.close();
        written = run.written;
        MemoryStorage storage = run.storage;
        storage.put(name, storage.bytes(Segments.LIVE));
        storage.remove(Segments.LIVE);
        if (!isFirstRenameKept) {
            storage.put(Segments.LIVE, storage.bytes(Segments.archive(2)));
            storage.remove(Segments.archive(2));
        }
        return storage;
    }

    /** Also one that has entries: whoever looked into a case keeps files under such names. */
    @Test
    void leavesACopyAlone() throws IOException {
        for (String copy : List.of(PREPARED + ".copy", PREPARED + "-1", STAGING + "-1")) {
            MemoryStorage storage = unfinished(PREPARED, false);
            byte[] bytes = storage.bytes(PREPARED);
            storage.put(copy, bytes);
            assertThat(TestJournal.replay(storage)).isEqualTo(written);
            assertThat(storage.bytes(copy)).isEqualTo(bytes);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {STAGING, PREPARED, PREPARED + "7", "melin.journal.next-prepared"})
    void isGivenItsNameAfterAllIsVerified(String name) throws IOException {
        for (boolean isFirstRenameKept : new boolean[] {false, true}) {
            MemoryStorage storage = unfinished(name, isFirstRenameKept);
            List<Entry> replayed = new ArrayList<>();
            try (Journal journal = TestJournal.open(storage, new Clock(), replayed)) {
                assertThat(replayed).isEqualTo(written);
                assertThat(journal.report().segment()).isEqualTo(3);
                assertThat(journal.report().isCreated()).isFalse();
                assertThat(journal.report().tail().notes().toString())
                        .contains("a rotation was finished");
            }
            assertThat(storage.list())
                    .containsExactly(Segments.LIVE, Segments.archive(1), Segments.archive(2));
            assertThat(TestJournal.replay(storage)).isEqualTo(written);
        }
    }

    /** Y1 of {@link Recovery}: and a recovery that is killed at any of its calls converges. */
    @Test
    void convergesWhateverCallOfItsRecoveryIsTheLast() throws IOException {
        for (boolean isFirstRenameKept : new boolean[] {false, true}) {
            int calls = 1;
            for (int n = 1; n <= calls; n++) {
                MemoryStorage storage = unfinished(STAGING, isFirstRenameKept);
                int at = storage.changes() + n;
                storage.hook((call, file, offset, bytes) -> {
                    if (storage.changes() == at) {
                        throw new IOException("killed");
                    }
                    return bytes;
                });
                try {
                    TestJournal.open(storage, new Clock(), new ArrayList<>()).close();
                } catch (JournalIoFailure e) {
                    calls++;
                }
                storage.hook((call, file, offset, bytes) -> bytes);
                assertThat(TestJournal.replay(storage)).as("call " + n).isEqualTo(written);
            }
            assertThat(calls).isGreaterThan(2);
        }
    }

    @Test
    void replacesABlankLiveSegment() throws IOException {
        MemoryStorage storage = unfinished(STAGING, true);
        storage.put(Segments.LIVE, new byte[20_000]);

        assertThat(TestJournal.replay(storage)).isEqualTo(written);
        assertThat(TestJournal.replay(storage)).isEqualTo(written);
    }

    /** A torn tail is one in whatever file it is. */
    @Test
    void hasATailLikeAnyLiveSegment() throws IOException {
        MemoryStorage storage = unfinished(STAGING, true);
        byte[] bytes = storage.bytes(STAGING);
        Arrays.fill(bytes, SegmentHeader.WATERMARK_PAGES, SegmentHeader.SEAL_PAGE, (byte) 0);
        List<Integer> offsets = Segments.offsets(bytes);
        bytes[offsets.get(offsets.size() - 2) + 20] ^= 1;
        storage.put(STAGING, bytes);

        assertThat(TestJournal.replay(storage)).isEqualTo(written.subList(0, written.size() - 1));
    }

    private static void isRefused(MemoryStorage storage, String words) {
        Map<String, String> before = storage.state();
        assertThatThrownBy(() -> TestJournal.replay(storage))
                .isInstanceOf(RotationUnfinished.class)
                .hasMessageContaining(words);
        assertThat(storage.state()).isEqualTo(before);
    }

    @Test
    void isRefusedWhereTheLiveSegmentHasNoSealOrAnotherEnd() throws IOException {
        MemoryStorage storage = unfinished(STAGING, false);
        Segments.patch(
                storage,
                Segments.LIVE,
                SegmentHeader.SEAL_PAGE,
                new byte[SegmentHeader.PAGE_BYTES]);
        isRefused(storage, "no next segment");

        MemoryStorage other = unfinished(STAGING, false);
        SegmentHeader header = Segments.header(other, STAGING);
        Segments.header(other, STAGING, Segments.withAnchor(header, ChainHash.of(new byte[32])));
        isRefused(other, "no next segment");
    }

    /** U2: as a rotation leaves it that was cut before its first rename. */
    @Test
    void isForgottenWithoutEntries() throws IOException {
        RotatingJournal run = new RotatingJournal(0);
        run.append(6);
        run.rotate();
        run.close();
        byte[] staging = run.storage.bytes(Segments.LIVE);
        run.storage.put(Segments.LIVE, run.storage.bytes(Segments.archive(1)));
        run.storage.remove(Segments.archive(1));
        run.storage.put(STAGING, staging);

        List<Entry> replayed = new ArrayList<>();
        try (Journal journal = TestJournal.open(run.storage, new Clock(), replayed)) {
            assertThat(journal.report().segment()).isEqualTo(1);
            assertThat(journal.report().tail().notes().toString()).contains("seal");
        }
        assertThat(replayed).isEqualTo(run.written);
        assertThat(run.storage.list()).containsExactly(Segments.LIVE);
    }
}
