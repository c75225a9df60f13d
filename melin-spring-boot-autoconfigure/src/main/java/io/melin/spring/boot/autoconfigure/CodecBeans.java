package io.melin.spring.boot.autoconfigure;

import io.melin.app.Codec;
import io.melin.spring.boot.autoconfigure.codec.DefaultCodecs;
import io.melin.spring.boot.autoconfigure.codec.UnsupportedCodecTypeException;
import io.melin.spring.boot.autoconfigure.diagnostics.UnusableCodecException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.ResolvableType;

/**
 * Chooses the codec of a type: the bean whose type argument it is, or the default.
 *
 * <p>A codec that were passed over by mistake would change what the bytes of a journal mean, so a
 * codec bean whose type cannot be told, by its declaration or by its class, is refused.
 */
final class CodecBeans {
    private final ConfigurableListableBeanFactory beans;
    private final ObjectProvider<DefaultCodecs> defaults;

    CodecBeans(ConfigurableListableBeanFactory beans, ObjectProvider<DefaultCodecs> defaults) {
        this.beans = beans;
        this.defaults = defaults;
    }

    Codec<?> codec(ResolvableType type) {
        List<String> matching = new ArrayList<>();
        for (String name : beans.getBeanNamesForType(Codec.class)) {
            if (elementType(name, type).getType().equals(type.getType())) {
                matching.add(name);
            }
        }
        if (matching.isEmpty()) {
            return defaultCodec(type);
        }
        return beans.getBean(onlyOne(matching, type), Codec.class);
    }

    private ResolvableType elementType(String name, ResolvableType wanted) {
        List<ResolvableType> candidates = BeanTypes.candidates(beans, name);
        candidates.add(ResolvableType.forClass(beans.getBean(name).getClass()));
        for (ResolvableType candidate : candidates) {
            ResolvableType codec = candidate.as(Codec.class);
            if (!BeanTypes.isOpen(codec)) {
                return BeanTypes.closed(codec.getGeneric());
            }
        }
        throw new UnusableCodecException(
                wanted.toString(),
                "the type of the Codec bean "
                        + BeanTypes.describe(beans, name)
                        + " is left open, so it may or may not be meant",
                "Declare the type argument on the class or on the bean method, for instance"
                        + " '@Bean Codec<"
                        + wanted
                        + "> codec()'.",
                null);
    }

    private String onlyOne(List<String> names, ResolvableType type) {
        List<String> primary = names.stream().filter(this::isPrimary).toList();
        List<String> best = primary.isEmpty() ? names : primary;
        if (best.size() > 1) {
            throw new UnusableCodecException(
                    type.toString(),
                    "there are several Codec beans for it: " + names,
                    "Keep one of them, or mark one as @Primary.",
                    null);
        }
        return best.get(0);
    }

    private boolean isPrimary(String name) {
        return beans.containsBeanDefinition(name)
                && beans.getMergedBeanDefinition(name).isPrimary();
    }

    private Codec<?> defaultCodec(ResolvableType type) {
        @Nullable DefaultCodecs codecs = defaults.getIfAvailable();
        if (codecs == null) {
            throw new UnusableCodecException(
                    type.toString(),
                    "there is neither a Codec bean for it nor Jackson 3 on the class path",
                    "Add the dependency org.springframework.boot:spring-boot-starter-jackson, or"
                            + " declare a bean of type Codec<"
                            + type
                            + ">.",
                    null);
        }
        try {
            return codecs.codecFor(type.getType());
        } catch (UnsupportedCodecTypeException e) {
            throw new UnusableCodecException(
                    type.toString(),
                    "the default JSON codec could not read it back, because " + e.reason(),
                    "Use records, enums and sealed interfaces all the way down, or declare a bean"
                            + " of type Codec<"
                            + type
                            + ">.",
                    e);
        }
    }
}
