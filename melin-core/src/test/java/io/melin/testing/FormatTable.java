package io.melin.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The table of a byte layout: in the Javadoc of its class, and on a page of the docs. */
public final class FormatTable {
    private static final Pattern JAVADOC_ROW =
            Pattern.compile(" \\* +(end-4|\\d+) +(\\d+|n) (\\w+) +(\\S.*)");
    private static final Pattern DOC_ROW =
            Pattern.compile("\\| (end-4|\\d+) \\| (\\d+|n) \\| (\\w+) \\| (.*) \\|");

    /** One field. */
    public record Row(String offset, String size, String field, String meaning) {
        /** The name of the constant of its offset. */
        public String constant() {
            return field.replaceAll("([A-Z])", "_$1").toUpperCase(Locale.ROOT);
        }
    }

    private FormatTable() {}

    /** From the first table in a class's Javadoc. */
    public static List<Row> ofSource(Path source) throws IOException {
        String text = Files.readString(source);
        return parse(text.substring(0, text.indexOf("</pre>")), JAVADOC_ROW);
    }

    /** From the section of a page that has the class's name. */
    public static List<Row> ofPage(Path page, String type) throws IOException {
        String text = Files.readString(page);
        int from = text.indexOf("### " + type + "\n");
        return parse(text.substring(from, text.indexOf("\n#", from + 4)), DOC_ROW);
    }

    private static List<Row> parse(String text, Pattern pattern) {
        List<Row> rows = new ArrayList<>();
        Matcher row = pattern.matcher(text);
        while (row.find()) {
            rows.add(new Row(group(row, 1), group(row, 2), group(row, 3), group(row, 4)));
        }
        return rows;
    }

    private static String group(Matcher matcher, int index) {
        return Objects.requireNonNull(matcher.group(index));
    }
}
