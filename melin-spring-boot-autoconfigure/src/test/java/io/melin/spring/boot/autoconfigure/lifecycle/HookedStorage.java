package io.melin.spring.boot.autoconfigure.lifecycle;

import io.melin.storage.FileSystemStorage;
import io.melin.storage.Storage;
import io.melin.storage.StorageDirectory;
import io.melin.storage.StorageFile;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Real files, with a hook before every force. */
final class HookedStorage {

    /** What happens before a force; what it throws, the force throws. */
    @FunctionalInterface
    interface Hook {
        void beforeForce() throws Exception;
    }

    private HookedStorage() {}

    static Storage with(Hook hook) {
        return (Storage) wrap(FileSystemStorage.INSTANCE, Storage.class, hook);
    }

    private static Object wrap(Object target, Class<?> type, Hook hook) {
        return Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> call(target, method, arguments, hook));
    }

    private static @Nullable Object call(
            Object target, Method method, Object @Nullable [] arguments, Hook hook)
            throws Throwable {
        if (method.getName().equals("force")) {
            hook.beforeForce();
        }
        Object result;
        try {
            result = method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
        Class<?> type = method.getReturnType();
        boolean goesOn = type == StorageDirectory.class || type == StorageFile.class;
        return goesOn ? wrap(Objects.requireNonNull(result), type, hook) : result;
    }
}
