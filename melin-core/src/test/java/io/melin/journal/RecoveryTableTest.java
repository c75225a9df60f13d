package io.melin.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.melin.journal.RecoveryTable.Decision;
import io.melin.journal.RecoveryTable.Facts;
import io.melin.journal.RecoveryTable.Match;
import io.melin.journal.RecoveryTable.Segments;
import io.melin.journal.RecoveryTable.Snapshots;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class RecoveryTableTest {
    private static final Pattern ROW =
            Pattern.compile(" \\* ([A-Z_]+) +([A-Z]+|other) +([A-Z]+|other) +([A-Z_]+|other) +\\S");

    private static List<Facts> all() {
        List<Facts> all = new ArrayList<>();
        for (Segments segments : Segments.values()) {
            for (Snapshots snapshots : Snapshots.values()) {
                for (Match match : Match.values()) {
                    all.add(new Facts(segments, snapshots, match));
                }
            }
        }
        return all;
    }

    /** U1 of {@link RecoveryTable}. */
    @Test
    void hasExactlyOneRuleForAnyFacts() {
        assertThat(all()).hasSize(60);
        for (Facts facts : all()) {
            List<RecoveryTable> fitting =
                    Arrays.stream(RecoveryTable.values()).filter(rule -> rule.fits(facts)).toList();
            assertThat(fitting).as(facts.toString()).hasSize(1);
            assertThat(RecoveryTable.ruleFor(facts)).isEqualTo(fitting.get(0));
        }
    }

    /** U2: nor does a missing journal ever turn into a new one while there is a snapshot. */
    @Test
    void replaysNothingBeforeASnapshotIsProvenAndCreatesNothingBesideOne() {
        for (Facts facts : all()) {
            Decision decision = RecoveryTable.ruleFor(facts).decision();
            if (decision == Decision.REPLAY && facts.snapshots() == Snapshots.USABLE) {
                assertThat(facts.match()).isEqualTo(Match.SAME);
            }
            if (decision == Decision.REPLAY) {
                assertThat(facts.segments()).isEqualTo(Segments.REACHING);
                assertThat(facts.snapshots()).isNotEqualTo(Snapshots.UNREAD);
            }
            if (decision == Decision.CREATE) {
                assertThat(facts.snapshots()).isEqualTo(Snapshots.NONE);
                assertThat(facts.segments()).isEqualTo(Segments.NONE);
            }
        }
    }

    @Test
    void isTheTableOfItsJavadoc() throws IOException {
        Path source = Path.of("src/main/java/io/melin/journal/RecoveryTable.java");
        Matcher row = ROW.matcher(Files.readString(source));
        List<String> rules = new ArrayList<>();
        while (row.find()) {
            RecoveryTable rule = RecoveryTable.valueOf(cell(row, 1));
            rules.add(rule.name());
            for (Facts facts : all()) {
                boolean isNamed =
                        isNamed(cell(row, 2), facts.segments().name())
                                && isNamed(cell(row, 3), facts.snapshots().name())
                                && isNamed(cell(row, 4), facts.match().name());
                // What "other" leaves open is for the rule's name to say; it never names less.
                assertThat(!rule.fits(facts) || isNamed).as(rule + " " + facts).isTrue();
            }
        }
        assertThat(rules)
                .containsExactlyElementsOf(
                        Arrays.stream(RecoveryTable.values()).map(Enum::name).toList());
    }

    private static String cell(Matcher row, int index) {
        return Objects.requireNonNull(row.group(index));
    }

    private static boolean isNamed(String cell, String value) {
        return cell.equals("ANY") || cell.equals("other") || cell.equals(value);
    }
}
