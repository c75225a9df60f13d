package io.melin.sample.exchange.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The tables in the documentation of the layouts say what the constants say. */
class LayoutTablesTest {
    private static final Pattern ROW = Pattern.compile("^ \\* +(\\d+) +(\\d+) (\\w+) .*");

    @ParameterizedTest
    @ValueSource(classes = {EventLayout.class, ReportLayout.class})
    void agreeWithTheConstants(Class<?> layout) throws Exception {
        int rows = 0;
        for (String line : Files.readAllLines(source(layout))) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                String constant =
                        text(row, 3).replaceAll("([A-Z])", "_$1").toUpperCase(Locale.ROOT);
                assertThat(constant(layout, constant))
                        .as(line)
                        .isEqualTo(Integer.parseInt(text(row, 1)));
                rows++;
            }
        }

        assertThat(rows).isGreaterThan(15);
    }

    private static int constant(Class<?> layout, String name) throws ReflectiveOperationException {
        Field field = layout.getDeclaredField(name);
        return field.getInt(null);
    }

    private static String text(Matcher row, int group) {
        return Objects.requireNonNull(row.group(group));
    }

    private static Path source(Class<?> layout) throws IOException {
        Path path = Path.of("src/main/java", layout.getName().replace('.', '/') + ".java");
        return path.toRealPath();
    }
}
