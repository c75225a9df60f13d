package io.melin.spring.boot.autoconfigure.codec;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.AnnotatedElementUtils;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.annotation.JsonDeserialize;
import tools.jackson.databind.type.TypeFactory;

/**
 * Finds, before anything is journaled, a type whose values could be written but not read back.
 *
 * <p>An entry that cannot be decoded stops the node at every start, so the walk covers everything
 * that records and sealed types reach. Types that carry Jackson annotations are taken at their
 * word.
 */
final class JsonTypeRules {
    private final TypeFactory types;
    private final Set<JavaType> seen = new HashSet<>();

    JsonTypeRules(TypeFactory types) {
        this.types = types;
    }

    /** What stands in the way of reading the type back, or null. */
    @Nullable String findObstacle(JavaType type) {
        return findObstacle(type, type.getRawClass().getSimpleName());
    }

    private @Nullable String findObstacle(JavaType type, String path) {
        if (!seen.add(type)) {
            return null;
        }
        Class<?> raw = type.getRawClass();
        if (raw == Object.class) {
            return path + " is declared as Object";
        }
        if (raw.isPrimitive() || raw.isEnum() || isAnnotated(raw)) {
            return null;
        }
        if (raw.isSealed()) {
            return obstacleInPermitted(raw, path);
        }
        if (raw.isRecord()) {
            return obstacleInComponents(type, path);
        }
        if (raw.isArray() || raw.getName().startsWith("java.")) {
            return obstacleInArguments(type, path);
        }
        return Modifier.isAbstract(raw.getModifiers())
                ? path + " is " + raw.getName() + ", which is abstract and not sealed"
                : null;
    }

    private static boolean isAnnotated(Class<?> raw) {
        return AnnotatedElementUtils.hasAnnotation(raw, JsonTypeInfo.class)
                || AnnotatedElementUtils.hasAnnotation(raw, JsonDeserialize.class);
    }

    private @Nullable String obstacleInArguments(JavaType type, String path) {
        if (type.isArrayType()) {
            return findObstacle(type.getContentType(), path + "[]");
        }
        for (int index = 0; index < type.containedTypeCount(); index++) {
            String obstacle = findObstacle(type.containedType(index), path + "<" + index + ">");
            if (obstacle != null) {
                return obstacle;
            }
        }
        return null;
    }

    private @Nullable String obstacleInComponents(JavaType type, String path) {
        for (RecordComponent component : components(type.getRawClass())) {
            JavaType declared =
                    types.resolveMemberType(component.getGenericType(), type.getBindings());
            String obstacle = findObstacle(declared, path + "." + component.getName());
            if (obstacle != null) {
                return obstacle;
            }
        }
        return null;
    }

    private @Nullable String obstacleInPermitted(Class<?> sealed, String path) {
        Map<String, Class<?>> names = new HashMap<>();
        Set<Class<?>> leaves = new HashSet<>();
        String open = collectLeaves(sealed, leaves);
        if (open != null) {
            return path + ": " + open;
        }
        for (Class<?> leaf : leaves) {
            Class<?> other = names.put(leaf.getSimpleName(), leaf);
            if (other != null) {
                return path
                        + ": two subtypes share the simple name "
                        + leaf.getSimpleName()
                        + " that tells them apart in JSON";
            }
            if (hasKindComponent(leaf)) {
                return path
                        + ": "
                        + leaf.getName()
                        + " has a component named kind, which JSON uses for the subtype";
            }
            String obstacle = findObstacle(types.constructType(leaf), leaf.getSimpleName());
            if (obstacle != null) {
                return obstacle;
            }
        }
        return null;
    }

    private static @Nullable String collectLeaves(Class<?> type, Set<Class<?>> leaves) {
        if (type.isSealed()) {
            for (Class<?> permitted : permitted(type)) {
                String open = collectLeaves(permitted, leaves);
                if (open != null) {
                    return open;
                }
            }
        } else if (Modifier.isAbstract(type.getModifiers()) && !type.isEnum()) {
            return type.getName() + " is non-sealed, so its subtypes are not known";
        }
        if (!Modifier.isAbstract(type.getModifiers())) {
            leaves.add(type);
        }
        return null;
    }

    private static boolean hasKindComponent(Class<?> leaf) {
        for (RecordComponent component : components(leaf)) {
            if (component.getName().equals(SealedTypes.KIND)) {
                return true;
            }
        }
        return false;
    }

    private static RecordComponent[] components(Class<?> type) {
        RecordComponent[] components = type.getRecordComponents();
        return components == null ? new RecordComponent[0] : components;
    }

    private static Class<?>[] permitted(Class<?> type) {
        Class<?>[] permitted = type.getPermittedSubclasses();
        return permitted == null ? new Class<?>[0] : permitted;
    }
}
