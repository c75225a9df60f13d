package io.melin.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The offsets table of a format, from the Javadoc of its class or from its page under docs. */
public final class FormatTable {
    private static final Pattern JAVADOC_ROW =
            Pattern.compile(" \\* +(end-4|\\d+) +(\\d+|n) (\\w+) +(\\S.*)");
    private static final Pattern JAVADOC_END = Pattern.compile(" \\* +(\\d+) +- end\n");
    private static final Pattern PAGE_ROW =
            Pattern.compile("\\| (end-4|\\d+) \\| (\\d+|n) \\| (\\w+) \\| (.*) \\|");

    /** One field. */
    public record Row(String offset, String size, String field, String meaning) {
        /** The name of the constant that holds the offset. */
        public String constant() {
            return field.replaceAll("([A-Z])", "_$1").toUpperCase(Locale.ROOT);
        }
    }

    private FormatTable() {}

    /** The rows in the Javadoc of a class of this module. */
    public static List<Row> ofJavadoc(String className) throws IOException {
        return rows(javadoc(className), JAVADOC_ROW);
    }

    /** Where the Javadoc of a class says that the format ends; nowhere if its length varies. */
    public static OptionalInt endOfJavadoc(String className) throws IOException {
        Matcher matcher = JAVADOC_END.matcher(javadoc(className));
        return matcher.find()
                ? OptionalInt.of(Integer.parseInt(group(matcher, 1)))
                : OptionalInt.empty();
    }

    private static String javadoc(String className) throws IOException {
        Path file = Path.of("src/main/java", className.replace('.', '/') + ".java");
        String source = Files.readString(file);
        return source.substring(0, source.indexOf("</pre>"));
    }

    /** The rows in the section of a page that is called as a class. */
    public static List<Row> ofPage(Path page, String simpleName) throws IOException {
        return rows(section(page, simpleName), PAGE_ROW);
    }

    /** What a page says below a heading of third level, up to the next heading. */
    public static String section(Path page, String heading) throws IOException {
        String text = Files.readString(page);
        int from = text.indexOf("### " + heading + "\n");
        return text.substring(from, text.indexOf("\n#", from + 4));
    }

    private static List<Row> rows(String text, Pattern pattern) {
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

    /** A group that cannot be absent. */
    public static String group(MatchResult match, int index) {
        return Objects.requireNonNull(match.group(index));
    }
}
