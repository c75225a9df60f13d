package io.melin.sample.exchange.web;

import io.melin.app.Consistency;
import io.melin.sample.exchange.domain.Amounts;
import io.melin.sample.exchange.domain.Name;
import org.jspecify.annotations.Nullable;

/** Reads what stands in a path or a query. */
final class PathValues {
    private static final int DEPTH_OTHERWISE = 10;
    private static final int DEPTH_MAX = 1_000;

    private PathValues() {}

    /** A text that cannot be a symbol is an unknown one. */
    static Name symbol(String text) {
        if (!Name.isValid(text)) {
            throw new UnknownPathException("symbol", text);
        }
        return Name.of(text);
    }

    /** An account or an order id. */
    static long id(String field, String text) {
        return integer(field, text, Amounts.MAX);
    }

    static int depth(@Nullable String text) {
        return text == null ? DEPTH_OTHERWISE : (int) integer("depth", text, DEPTH_MAX);
    }

    static Consistency consistency(@Nullable String text) {
        if (text == null || text.equals("durable")) {
            return Consistency.DURABLE;
        }
        if (text.equals("local")) {
            return Consistency.LOCAL;
        }
        throw new InvalidFieldException("consistency", "expected=durable or local, found=" + text);
    }

    private static long integer(String field, String text, long max) {
        boolean digits = text.matches("[0-9]{1,16}");
        long value = digits ? Long.parseLong(text) : 0;
        if (value < 1 || value > max) {
            throw new InvalidFieldException(
                    field, "expected=an integer from 1 to " + max + ", found=" + text);
        }
        return value;
    }
}
