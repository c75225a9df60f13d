package io.melin.sample.exchange.web;

import io.melin.sample.exchange.domain.Amounts;
import io.melin.sample.exchange.domain.Name;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * The fields of a request: one flat JSON object, read strictly.
 *
 * <p>Money does not forgive kindness: a repeated or unknown field, a number in quotes, 5.0 for 5,
 * anything beyond the range is an error that names the field. Nothing is rounded or converted.
 */
final class JsonBody {
    private static final JsonFactory JSON = JsonFactory.builder().build();

    private final Map<String, Object> fields;

    private JsonBody(Map<String, Object> fields) {
        this.fields = fields;
    }

    /** What stands where no usable value does. */
    private record Unusable(String found) {}

    /**
     * @throws UnreadableBodyException if it is not one JSON object
     * @throws InvalidFieldException for a repeated field
     */
    static JsonBody read(byte[] bytes) {
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), bytes)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new UnreadableBodyException("the body must be a JSON object", false);
            }
            Map<String, Object> fields = new LinkedHashMap<>();
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String field = parser.currentName();
                parser.nextToken();
                if (fields.put(field, value(parser)) != null) {
                    throw new InvalidFieldException(field, "given more than once");
                }
            }
            if (parser.nextToken() != null) {
                throw new UnreadableBodyException("something follows the JSON object", false);
            }
            return new JsonBody(fields);
        } catch (JacksonException e) {
            throw new UnreadableBodyException(
                    "the body is not valid JSON: " + e.getOriginalMessage(), false);
        }
    }

    private static Object value(JsonParser parser) {
        return switch (parser.currentToken()) {
            case VALUE_STRING -> parser.getString();
            case VALUE_TRUE -> Boolean.TRUE;
            case VALUE_FALSE -> Boolean.FALSE;
            case VALUE_NULL -> new Unusable("null");
            case VALUE_NUMBER_INT -> integer(parser);
            case VALUE_NUMBER_FLOAT -> new Unusable(parser.getString());
            default -> {
                boolean array = parser.currentToken() == JsonToken.START_ARRAY;
                parser.skipChildren();
                yield new Unusable(array ? "an array" : "an object");
            }
        };
    }

    private static Object integer(JsonParser parser) {
        String digits = parser.getString();
        try {
            return Long.parseLong(digits);
        } catch (NumberFormatException e) {
            return new Unusable("an integer of " + digits.length() + " characters");
        }
    }

    /**
     * @throws InvalidFieldException for any other field
     */
    JsonBody only(String... known) {
        List<String> names = Arrays.asList(known);
        for (String field : fields.keySet()) {
            if (!names.contains(field)) {
                throw new InvalidFieldException(field, "not a field of this request");
            }
        }
        return this;
    }

    boolean has(String field) {
        return fields.containsKey(field);
    }

    /** An amount, price, quantity or id: 1 to 2^53 - 1. */
    long amount(String field) {
        Object value = required(field);
        if (value instanceof Long number && Amounts.isPositive(number)) {
            return number;
        }
        throw wrong(field, "an integer from 1 to " + Amounts.MAX, value);
    }

    Name name(String field) {
        String text = text(field);
        if (Name.isValid(text)) {
            return Name.of(text);
        }
        throw wrong(field, "1 to 16 characters of A-Z a-z 0-9 - _ . :", text);
    }

    String text(String field) {
        Object value = required(field);
        if (value instanceof String text) {
            return text;
        }
        throw wrong(field, "a string", value);
    }

    <E extends Enum<E>> E choice(String field, Class<E> choices) {
        Object value = required(field);
        E[] all = Objects.requireNonNull(choices.getEnumConstants());
        for (E choice : all) {
            if (choice.name().equals(value)) {
                return choice;
            }
        }
        throw wrong(field, "one of " + Arrays.toString(all), value);
    }

    <E extends Enum<E>> E choice(String field, Class<E> choices, E otherwise) {
        return has(field) ? choice(field, choices) : otherwise;
    }

    /** False if it is not given. */
    boolean flag(String field) {
        Object value = fields.getOrDefault(field, Boolean.FALSE);
        if (value instanceof Boolean flag) {
            return flag;
        }
        throw wrong(field, "true or false", value);
    }

    private Object required(String field) {
        Object value = fields.get(field);
        if (value == null) {
            throw new InvalidFieldException(field, "must be given");
        }
        return value;
    }

    private static InvalidFieldException wrong(
            String field, String expected, @Nullable Object value) {
        String found = value instanceof Unusable unusable ? unusable.found() : quoted(value);
        return new InvalidFieldException(field, "expected=" + expected + ", found=" + found);
    }

    private static String quoted(@Nullable Object value) {
        String text = String.valueOf(value);
        String shown = text.length() > 40 ? text.substring(0, 40) + "..." : text;
        return value instanceof String ? '"' + shown + '"' : shown;
    }
}
