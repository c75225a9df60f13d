package io.melin.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FormatTablesTest {
    private static final Path SOURCES = Path.of("src/main/java/io/melin/journal");
    private static final Path DOC = Path.of("../docs/journal-format.md");
    private static final Pattern JAVADOC_ROW =
            Pattern.compile(" \\* +(end-4|\\d+) +(\\d+|n) (\\w+) +(\\S.*)");
    private static final Pattern DOC_ROW =
            Pattern.compile("\\| (end-4|\\d+) \\| (\\d+|n) \\| (\\w+) \\| (.*) \\|");

    private record Row(String offset, String size, String field, String meaning) {
        static List<Row> parse(String text, Pattern pattern) {
            List<Row> rows = new ArrayList<>();
            Matcher matcher = pattern.matcher(text);
            while (matcher.find()) {
                rows.add(
                        new Row(
                                group(matcher, 1),
                                group(matcher, 2),
                                group(matcher, 3),
                                group(matcher, 4)));
            }
            return rows;
        }

        private static String group(Matcher matcher, int index) {
            return Objects.requireNonNull(matcher.group(index));
        }

        String constant() {
            return field.replaceAll("([A-Z])", "_$1").toUpperCase(Locale.ROOT);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"SegmentHeader", "WatermarkSlot", "SealRecord", "EntryFrame"})
    void constantsAreThoseOfTheJavadoc(String type) throws Exception {
        List<Row> rows = javadoc(type);

        int next = 0;
        for (Row row : rows) {
            if (row.offset().equals("end-4")) {
                assertThat(constant(type, row.constant() + "_BYTES")).isEqualTo(4);
                continue;
            }
            int offset = Integer.parseInt(row.offset());
            assertThat(offset).as(row.field()).isEqualTo(next);
            assertThat(constant(type, row.constant())).as(row.field()).isEqualTo(offset);
            next = row.size().equals("n") ? -1 : offset + Integer.parseInt(row.size());
        }
        if (next > 0) {
            assertThat(constant(type, "END")).isEqualTo(next);
        }
        assertThat(rows).hasSizeGreaterThan(5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"SegmentHeader", "WatermarkSlot", "SealRecord", "EntryFrame"})
    void thePageSaysWhatTheJavadocSays(String type) throws IOException {
        String page = Files.readString(DOC);
        int from = page.indexOf("### " + type + "\n");
        String section = page.substring(from, page.indexOf("\n#", from + 4));

        assertThat(Row.parse(section, DOC_ROW)).isEqualTo(javadoc(type));
    }

    @Test
    void thePagesExampleIsTheGoldenEntry() throws IOException {
        assertThat(Files.readString(DOC)).contains("```\n" + Golden.text("entry") + "```\n");
    }

    private static List<Row> javadoc(String type) throws IOException {
        String source = Files.readString(SOURCES.resolve(type + ".java"));
        return Row.parse(source.substring(0, source.indexOf("</pre>")), JAVADOC_ROW);
    }

    private static int constant(String type, String name) throws ReflectiveOperationException {
        return Class.forName("io.melin.journal." + type).getDeclaredField(name).getInt(null);
    }
}
