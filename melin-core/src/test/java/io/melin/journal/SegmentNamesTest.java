package io.melin.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.melin.journal.JournalException.DuplicateSegmentIndex;
import io.melin.journal.SegmentNames.Archive;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SegmentNamesTest {
    private final SegmentNames names = new SegmentNames("melin.journal");

    @Test
    void listsTenThousandArchivesByNumber() {
        List<String> files = new ArrayList<>();
        for (int segment = 1; segment <= 10_000; segment++) {
            files.add(names.archive(segment));
        }
        Collections.shuffle(files, new Random(1));

        List<Archive> archives = names.archives(files, "memory");

        assertThat(archives).hasSize(10_000);
        for (int i = 0; i < archives.size(); i++) {
            assertThat(archives.get(i).segment()).isEqualTo(i + 1L);
            assertThat(archives.get(i).name())
                    .isEqualTo(String.format("melin.journal.%06d", i + 1));
        }
    }

    @Test
    void goesOnBehindSixDigits() {
        assertThat(names.archive(1_234_567)).isEqualTo("melin.journal.1234567");
        assertThat(names.archives(List.of("melin.journal.1234567"), "memory"))
                .containsExactly(new Archive(1_234_567, "melin.journal.1234567"));
    }

    @Test
    void ignoresEveryOtherFile() {
        List<String> files =
                List.of(
                        "melin.journal",
                        "melin.journal.",
                        "melin.journal.lock",
                        "melin.journal.next-staging",
                        "melin.journal.snap.00000000000000000001",
                        "melin.journal.000000",
                        "melin.journal.000001.tmp",
                        "melin.journal.00000x",
                        "melin.journal.-00001",
                        "melin.journal.\u0661\u0662",
                        "melin.journal.99999999999999999999",
                        "melin-journal.000001",
                        "other.000001",
                        "000001");

        assertThat(names.archives(files, "memory")).isEmpty();
        assertThat(files.stream().filter(names::isSnapshot)).hasSize(1);
    }

    @Test
    void refusesOneNumberInTwoSpellings() {
        assertThatThrownBy(() ->
                        names.archives(
                                List.of("melin.journal.000012", "melin.journal.12"), "memory"))
                .isInstanceOf(DuplicateSegmentIndex.class)
                .hasMessageContainingAll("segment=12", "melin.journal.000012", "path=memory");
    }
}
