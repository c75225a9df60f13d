package io.melin.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.melin.inspect.SnapshotState.Fit;
import io.melin.journal.RecoveryForecast;
import io.melin.journal.SegmentReport;
import io.melin.journal.SegmentReport.Role;
import io.melin.journaled.JournaledApplication;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real directories, looked at; I1 to I4 of {@link Inspector} over all of them are in melin-test. */
class InspectorTest {
    @TempDir Path parent;

    private Path directory() {
        return parent.resolve("journal");
    }

    private Path file(String name) {
        return directory().resolve("melin.journal" + name);
    }

    private static RecoveryForecast recovery(Inspection found) {
        return Objects.requireNonNull(found.recovery());
    }

    private Inspection inspect() throws IOException {
        return Journals.inspector(directory()).run();
    }

    private void flip(Path file, int at) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[at] ^= 1;
        Files.write(file, bytes);
    }

    @Test
    void tellsAllThatIsThere() throws IOException {
        Journals.write(directory());

        Inspection found = inspect();

        assertThat(found.findings()).isEmpty();
        assertThat(found.segments())
                .extracting(SegmentReport::role)
                .containsExactly(Role.ARCHIVE, Role.ARCHIVE, Role.ARCHIVE, Role.ARCHIVE, Role.LIVE);
        for (int i = 0; i < 5; i++) {
            SegmentReport segment = found.segments().get(i);
            SegmentReport.Head head = Objects.requireNonNull(segment.head());
            SegmentReport.Content content = Objects.requireNonNull(segment.content());
            assertThat(head.segment()).isEqualTo(i + 1);
            assertThat(head.start().sequence()).isEqualTo(20 * i + 1);
            assertThat(content.end().sequence()).isEqualTo(i == 4 ? 90 : 20 * i + 20);
            assertThat(content.entries().application()).isEqualTo(i == 4 ? 10 : 20);
            assertThat(content.end().timeNs()).isGreaterThan(head.start().timeNs());
            assertThat(head.watermark()).isNotNull();
            assertThat(head.seal() != null).isEqualTo(i < 4);
            if (i > 0) {
                SegmentReport before = found.segments().get(i - 1);
                assertThat(Objects.requireNonNull(before.content()).tail())
                        .isEqualTo(head.anchor());
            }
        }
        assertThat(found.entries().total()).isEqualTo(90);
        assertThat(found.snapshots())
                .extracting(SnapshotState::fit)
                .containsExactly(Fit.FITS, Fit.FITS, Fit.FITS);
        assertThat(recovery(found).replayed().afterSequence()).isEqualTo(70);
        assertThat(recovery(found).replayed().entries()).isEqualTo(20);
        assertThat(recovery(found).end().sequence()).isEqualTo(90);
    }

    /** I1: also of a directory that may only be read. */
    @Test
    void changesNothing() throws IOException {
        Journals.write(directory());
        List<String> before = state();
        inspect();

        assertThat(state()).isEqualTo(before);
    }

    private List<String> state() throws IOException {
        List<String> state = new ArrayList<>();
        try (Stream<Path> files = Files.list(directory())) {
            for (Path file : files.sorted().toList()) {
                state.add(
                        file.getFileName()
                                + " "
                                + Files.getLastModifiedTime(file)
                                + " "
                                + List.of(Files.readAllBytes(file).length));
            }
        }
        return state;
    }

    /** I4, by the lock's effect. */
    @Test
    void leavesANodeOfThisProcessItsLock() throws IOException {
        try (JournaledApplication<Long, Long> counter = Journals.open(directory())) {
            counter.execute(1L, io.melin.app.EventId.of(1, 1));
            assertThat(inspect().isSound()).isTrue();
            assertThatThrownBy(() -> Journals.open(directory())).hasMessageContaining("locked");
        }
    }

    /** I2: a start reads neither the first archive nor the oldest snapshot. */
    @Test
    void findsDamageThatAStartDoesNotMeet() throws IOException {
        Journals.write(directory());
        flip(file(".000001"), 16_500);
        flip(file(".snap.00000000000000000030"), 140);

        Inspection found = inspect();

        assertThat(found.findings())
                .extracting(Finding::code)
                .containsExactly("EntryCorrupt", "SnapshotCorrupt");
        assertThat(found.findings()).noneMatch(Finding::isRefusal);
        assertThat(found.findings().get(0).spot().segment()).isEqualTo(1);
        assertThat(found.segments().get(0).content()).isNull();
        assertThat(found.segments().get(1).damage()).isEmpty();
        assertThat(recovery(found).replayed().afterSequence()).isEqualTo(70);
    }

    @Test
    void saysWhatAStartRefuses() throws IOException {
        Journals.write(directory());
        flip(file(""), 16_500);

        Inspection found = inspect();

        assertThat(found.recovery()).isNull();
        assertThat(found.findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.isRefusal()).isTrue())
                .satisfies(finding -> assertThat(finding.code()).isEqualTo("DurableRegionDamaged"))
                .satisfies(finding -> assertThat(finding.message()).contains("restore the file"));
    }

    @Test
    void tellsTrimmedHistoryFromDamage() throws IOException {
        Journals.write(directory());
        for (int i = 1; i <= 2; i++) {
            Files.delete(file(".00000" + i));
        }

        Inspection found = inspect();

        assertThat(found.findings()).isEmpty();
        assertThat(found.snapshots())
                .extracting(SnapshotState::fit)
                .containsExactly(Fit.FITS, Fit.FITS, Fit.UNKNOWN);
    }

    @Test
    void namesAMissingArchive() throws IOException {
        Journals.write(directory());
        Files.delete(file(".000002"));

        Inspection found = inspect();

        assertThat(found.findings()).extracting(Finding::code).containsExactly("MissingSegment");
        assertThat(found.recovery()).isNotNull();
    }

    @Test
    void readsNothingWhereNothingIs() throws IOException {
        assertThatThrownBy(this::inspect).isInstanceOf(NotDirectoryException.class);
        assertThat(directory()).doesNotExist();
        Files.createDirectory(directory());

        Inspection found = inspect();

        assertThat(found.isEmpty()).isTrue();
        assertThat(recovery(found).isCreated()).isTrue();
        try (Stream<Path> files = Files.list(directory())) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void takesPlainNamesOnly() {
        assertThatThrownBy(() -> Inspector.Config.of(parent).withJournal("../other"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
