package io.melin.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.melin.testing.FormatTable;
import io.melin.testing.FormatTable.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FormatTablesTest {
    private static final String PACKAGE = "io.melin.journal.";
    private static final Path PAGE = Path.of("../docs/journal-format.md");

    @ParameterizedTest
    @ValueSource(strings = {"SegmentHeader", "WatermarkSlot", "SealRecord", "EntryFrame"})
    void constantsAreThoseOfTheJavadoc(String type) throws Exception {
        List<Row> rows = FormatTable.ofJavadoc(PACKAGE + type);

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
        assertThat(FormatTable.ofPage(PAGE, type)).isEqualTo(FormatTable.ofJavadoc(PACKAGE + type));
    }

    @Test
    void thePagesExampleIsTheGoldenEntry() throws IOException {
        assertThat(Files.readString(PAGE)).contains("```\n" + Golden.text("entry") + "```\n");
    }

    private static int constant(String type, String name) throws ReflectiveOperationException {
        return Class.forName(PACKAGE + type).getDeclaredField(name).getInt(null);
    }
}
