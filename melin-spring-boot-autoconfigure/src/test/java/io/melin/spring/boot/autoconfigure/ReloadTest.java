package io.melin.spring.boot.autoconfigure;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.melin.app.MelinResult;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.io.DefaultResourceLoader;

/** A developer's restart: the same classes once more, in another class loader of the same process. */
class ReloadTest {

    /** Loads the user's classes itself, as DevTools does. */
    private static final class RestartClassLoader extends ClassLoader {
        RestartClassLoader() {
            super(ReloadTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            boolean isUsers =
                    name.startsWith(Counter.class.getName())
                            || name.startsWith(RunningService.class.getName());
            if (!isUsers) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                return loaded == null ? define(name) : loaded;
            }
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
                byte[] bytes = requireNonNull(in).readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }

    private static Object total(Path directory, ClassLoader loader) throws Exception {
        Class<?> users = loader.loadClass(RunningService.UserService.class.getName());
        try (ConfigurableApplicationContext context =
                new SpringApplicationBuilder(new DefaultResourceLoader(loader), users)
                        .web(WebApplicationType.NONE)
                        .properties(SmallNode.properties(directory))
                        .run()) {
            Object adder = context.getBean("adder");
            MelinResult<?> result = (MelinResult<?>) call(adder, "add", 5L);
            Object report = requireNonNull(result.reports().get(0));
            assertThat(report.getClass().getClassLoader()).isSameAs(loader);
            return call(report, "total");
        }
    }

    private static Object call(Object target, String method, Long... arguments) throws Exception {
        Class<?>[] types = new Class<?>[arguments.length];
        Arrays.fill(types, long.class);
        Object[] values = arguments;
        return requireNonNull(target.getClass().getMethod(method, types).invoke(target, values));
    }

    @Test
    void replaysIntoTheClassesOfTheNewLoader(@TempDir Path directory) throws Exception {
        assertThat(total(directory, new RestartClassLoader())).isEqualTo(5L);
        assertThat(total(directory, new RestartClassLoader())).isEqualTo(10L);
    }
}
