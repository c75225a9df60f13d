package io.melin.spring.boot.autoconfigure.codec;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.io.Serial;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.AnnotatedClass;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;

/**
 * Gives a sealed type without annotations the property {@code kind} with the simple name of the
 * subtype. A {@code @JsonTypeInfo} of the user's wins.
 */
final class SealedTypes extends JacksonAnnotationIntrospector {
    @Serial private static final long serialVersionUID = 1L;

    static final String KIND = "kind";

    private static final JsonTypeInfo.Value BY_SIMPLE_NAME =
            JsonTypeInfo.Value.construct(
                    JsonTypeInfo.Id.SIMPLE_NAME, JsonTypeInfo.As.PROPERTY, KIND, null, false, true);

    @Override
    public JsonTypeInfo.@Nullable Value findPolymorphicTypeInfo(
            MapperConfig<?> config, Annotated annotated) {
        JsonTypeInfo.Value declared = super.findPolymorphicTypeInfo(config, annotated);
        if (declared != null) {
            return declared;
        }
        boolean sealed = annotated instanceof AnnotatedClass type && type.getRawType().isSealed();
        return sealed ? BY_SIMPLE_NAME : null;
    }
}
