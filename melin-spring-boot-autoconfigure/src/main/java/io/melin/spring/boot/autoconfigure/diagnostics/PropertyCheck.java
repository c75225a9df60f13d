package io.melin.spring.boot.autoconfigure.diagnostics;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.util.unit.DataSize;

/** What is impossible names its property; Boot's own analysis then says where it was set. */
public final class PropertyCheck {
    private PropertyCheck() {}

    /**
     * @param reason goes on after the value, for instance {@code must be 1 or more}
     */
    public static InvalidConfigurationPropertyValueException invalid(
            String name, Object value, String reason) {
        return new InvalidConfigurationPropertyValueException(name, value, reason);
    }

    /** Fails unless it holds. */
    public static void check(boolean holds, String name, Object value, String reason) {
        if (!holds) {
            throw invalid(name, value, reason);
        }
    }

    public static int atLeast(String name, int value, int min) {
        check(value >= min, name, value, "must be " + min + " or more");
        return value;
    }

    public static int between(String name, int value, int min, int max) {
        check(value >= min && value <= max, name, value, "must be " + min + " to " + max);
        return value;
    }

    public static Duration between(String name, Duration value, Duration min, Duration max) {
        check(
                value.compareTo(min) >= 0 && value.compareTo(max) <= 0,
                name,
                value,
                "must be " + text(min) + " to " + text(max));
        return value;
    }

    /** In the words of a property: {@code 1ms}, {@code 24d}. */
    private static String text(Duration duration) {
        return duration.toDays() > 0 ? duration.toDays() + "d" : duration.toMillis() + "ms";
    }

    public static long between(String name, DataSize value, DataSize min, DataSize max) {
        check(
                value.compareTo(min) >= 0 && value.compareTo(max) <= 0,
                name,
                value,
                "must be " + min + " to " + max);
        return value.toBytes();
    }

    public static Duration notNegative(String name, Duration duration) {
        check(!duration.isNegative(), name, duration, "must not be negative");
        return duration;
    }

    public static Path path(String name, String text) {
        check(!text.isBlank(), name, text, "must not be empty");
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw invalid(name, text, "is not a path: " + e.getReason());
        }
    }
}
