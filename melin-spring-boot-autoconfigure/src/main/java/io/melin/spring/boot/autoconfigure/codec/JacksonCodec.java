package io.melin.spring.boot.autoconfigure.codec;

import io.melin.app.Codec;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.cfg.MutableCoercionConfig;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.type.LogicalType;
import tools.jackson.databind.type.TypeFactory;

/**
 * Strict JSON over records and sealed types; meant for a first hour without ceremony.
 *
 * <p>A sealed type needs no annotations: the property {@code kind} carries the simple name of the
 * subtype. Unknown and repeated properties, numbers as strings, fractions for integers, trailing
 * text and {@code null} are invalid. The application's own {@code JsonMapper} is not used, so that
 * no property of {@code spring.jackson} can change what a journal means.
 *
 * <p>Bytes: UTF-8, properties in a fixed order, map entries sorted by key. Equal values give equal
 * bytes, except where a value holds a hash set of objects without a stable hash code.
 *
 * <p>{@link #isValid} is total but allocates, unlike what {@link Codec} asks for: a service that is
 * measured in nanoseconds brings its own codec. A changed record needs a higher {@link #version()},
 * that is a {@code Codec} bean made with {@link #JacksonCodec(Class, int)}.
 */
public final class JacksonCodec<T> implements Codec<T> {
    private final JavaType type;
    private final int version;
    private final ObjectReader reader;
    private final ObjectWriter writer;

    // size() has to write the value; encode() of the same value takes what it wrote.
    private @Nullable T sized;
    private byte[] sizedBytes = {};

    /** A codec of layout version 1. */
    public JacksonCodec(Class<T> type) {
        this(type, 1);
    }

    /**
     * @param version 1 to 65,535; higher than any that the journal has seen with another layout
     */
    public JacksonCodec(Class<T> type, int version) {
        this(type, version, type.getClassLoader());
    }

    /**
     * @param loader finds the classes of the type
     * @throws UnsupportedCodecTypeException if values could be written but not read back
     */
    JacksonCodec(Type type, int version, @Nullable ClassLoader loader) {
        if (version < 1 || version > 0xFFFF) {
            throw new IllegalArgumentException(
                    "codec version must be 1 to 65535: version=" + version);
        }
        TypeFactory types = TypeFactory.createDefaultInstance();
        JsonMapper mapper = strictMapper(loader == null ? types : types.withClassLoader(loader));
        this.type = mapper.constructType(type);
        String obstacle = new JsonTypeRules(mapper.getTypeFactory()).findObstacle(this.type);
        if (obstacle != null) {
            throw new UnsupportedCodecTypeException(type.getTypeName(), obstacle);
        }
        this.version = version;
        this.reader = mapper.readerFor(this.type);
        this.writer = mapper.writerFor(this.type);
    }

    private JacksonCodec(JacksonCodec<T> other) {
        this.type = other.type;
        this.version = other.version;
        this.reader = other.reader;
        this.writer = other.writer;
    }

    private static JsonMapper strictMapper(TypeFactory types) {
        return JsonMapper.builder()
                .typeFactory(types)
                .annotationIntrospector(new SealedTypes())
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .enable(DeserializationFeature.FAIL_ON_INVALID_SUBTYPE)
                .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .withCoercionConfig(LogicalType.Textual, JacksonCodec::refuseNonText)
                .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
                .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                // Double.toString changed between JDK 18 and 19; this writer is Jackson's own.
                .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
                .build();
    }

    private static void refuseNonText(MutableCoercionConfig text) {
        text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail);
        text.setCoercion(CoercionInputShape.Float, CoercionAction.Fail);
        text.setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
    }

    @Override
    public int version() {
        return version;
    }

    @Override
    public int size(T value) {
        sizedBytes = writer.writeValueAsBytes(value);
        sized = value;
        return sizedBytes.length;
    }

    @Override
    public void encode(T value, ByteBuffer out) {
        byte[] bytes = sized == value ? sizedBytes : writer.writeValueAsBytes(value);
        sized = null;
        sizedBytes = new byte[0];
        out.put(bytes);
    }

    @Override
    public boolean isValid(ByteBuffer in) {
        try {
            return read(in) != null;
        } catch (RuntimeException | StackOverflowError e) {
            // Whatever Jackson or a record's own constructor throws is the verdict, not a fault.
            return false;
        }
    }

    @Override
    public T decode(ByteBuffer in, int version) {
        T value = read(in);
        if (value == null) {
            throw new IllegalArgumentException("value is null: type=" + type.getTypeName());
        }
        return value;
    }

    @Override
    public Codec<T> fresh() {
        return new JacksonCodec<>(this);
    }

    private @Nullable T read(ByteBuffer in) {
        byte[] bytes = new byte[in.remaining()];
        in.get(bytes);
        return reader.readValue(bytes);
    }

    @Override
    public String toString() {
        return "JacksonCodec[type=" + type.toCanonical() + ", version=" + version + "]";
    }
}
