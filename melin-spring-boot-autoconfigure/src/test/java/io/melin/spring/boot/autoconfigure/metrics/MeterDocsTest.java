package io.melin.spring.boot.autoconfigure.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The published table is the enum. To write it anew: {@code -Dmelin.docs.write=true
 * -Dtest=MeterDocsTest}.
 */
class MeterDocsTest {
    private static final Path PAGE = Path.of("..", "docs", "meters.md");
    private static final String BEGIN = "<!-- from MelinMeter -->\n";
    private static final String END = "<!-- end -->\n";

    private static String table() {
        StringBuilder table = new StringBuilder(BEGIN);
        table.append("| meter | in Prometheus | type | unit | tags | meaning |\n");
        table.append("|---|---|---|---|---|---|\n");
        for (MelinMeter meter : MelinMeter.values()) {
            table.append("| ")
                    .append(
                            Stream.of(
                                            "`" + meter.meterName() + "`",
                                            "`" + meter.prometheusName() + "`",
                                            meter.type()
                                                    .name()
                                                    .toLowerCase(Locale.ROOT)
                                                    .replace('_', ' '),
                                            meter.unit() == null ? "-" : meter.unit(),
                                            meter.tags().isEmpty()
                                                    ? "-"
                                                    : "`" + String.join("` `", meter.tags()) + "`",
                                            meter.meaning())
                                    .collect(Collectors.joining(" | ")))
                    .append(" |\n");
        }
        return table.append(END).toString();
    }

    @Test
    void tableOfThePageIsTheEnum() throws IOException {
        String page = Files.readString(PAGE);
        int begin = page.indexOf(BEGIN);
        int end = page.indexOf(END) + END.length();
        assertThat(begin).isPositive().isLessThan(end);
        if (Boolean.getBoolean("melin.docs.write")) {
            Files.writeString(PAGE, page.substring(0, begin) + table() + page.substring(end));
            return;
        }

        assertThat(page.substring(begin, end)).isEqualTo(table());
    }
}
