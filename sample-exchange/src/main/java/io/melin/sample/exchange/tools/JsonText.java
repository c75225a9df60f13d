package io.melin.sample.exchange.tools;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** One object on one line, its fields in their order. */
final class JsonText {
    private static final JsonMapper MAPPER = new JsonMapper();

    private JsonText() {}

    static String of(Map<String, @Nullable Object> object) {
        return MAPPER.writeValueAsString(object);
    }
}
