package io.melin.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import io.melin.integrity.ChainHash;
import io.melin.testing.FormatTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SnapshotTablesTest {
    private static final Path PAGE = Path.of("../docs/snapshot-format.md");

    @TempDir Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"SnapshotHeader", "ChunkFrame", "SnapshotTrailer"})
    void constantsAreThoseOfTheJavadoc(String type) throws Exception {
        List<FormatTable.Row> rows = FormatTable.ofJavadoc("io.melin.snapshot." + type);

        int next = 0;
        for (FormatTable.Row row : rows) {
            assertThat(row.offset()).as(row.field()).isEqualTo(Integer.toString(next));
            assertThat(constant(type, row.constant())).as(row.field()).isEqualTo(next);
            next = row.size().equals("n") ? -1 : next + Integer.parseInt(row.size());
        }
        assertThat(next).isEqualTo(next > 0 ? constant(type, "END") : -1);
        assertThat(rows).hasSizeGreaterThan(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"SnapshotHeader", "ChunkFrame", "SnapshotTrailer"})
    void thePageSaysWhatTheJavadocSays(String type) throws IOException {
        assertThat(FormatTable.ofPage(PAGE, type))
                .isEqualTo(FormatTable.ofJavadoc("io.melin.snapshot." + type));
    }

    /** The golden bytes: what was written once can be read for ever. */
    @Test
    void thePagesExampleIsWhatIsWritten() throws IOException {
        SnapshotHeader header =
                new SnapshotHeader(
                        new UUID(0x0011223344556677L, 0x8899aabbccddeeffL),
                        7,
                        2,
                        1_700_000_000_000_000_001L,
                        ChainHash.of("0123456789abcdef0123456789abcdef".getBytes()),
                        new SnapshotVersions(5, 4, 6));
        Snapshots snapshots = new Snapshots(directory, 2);
        SnapshotFile file =
                snapshots.store().save(header, out -> out.writeString("hello"), SavePace.NONE);

        StringBuilder text = new StringBuilder();
        byte[] bytes = snapshots.bytes(file);
        for (int i = 0; i < bytes.length; i++) {
            text.append(String.format("%02x%s", bytes[i], i % 16 == 15 ? "\n" : " "));
        }
        String dump = text.toString().stripTrailing() + "\n";
        assertThat(Files.readString(PAGE)).contains("```\n" + dump + "```\n");
    }

    private static int constant(String type, String name) throws ReflectiveOperationException {
        return Class.forName("io.melin.snapshot." + type).getDeclaredField(name).getInt(null);
    }
}
