package io.melin.spring.boot.autoconfigure.codec;

import io.melin.app.Codec;
import java.lang.reflect.Type;

/** Makes the codec of a type for which no {@link Codec} bean exists. Replaceable by a bean. */
@FunctionalInterface
public interface DefaultCodecs {

    /**
     * @param type the event or report type, with its type arguments
     * @throws UnsupportedCodecTypeException if values of the type could be written but not read
     *     back
     */
    Codec<?> codecFor(Type type);
}
