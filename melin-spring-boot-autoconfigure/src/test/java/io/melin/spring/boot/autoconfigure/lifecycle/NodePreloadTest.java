package io.melin.spring.boot.autoconfigure.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.bootstrap.DefaultBootstrapContext;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.support.SpringFactoriesLoader;
import tools.jackson.databind.ObjectReader;

/** In class loaders of their own, since a class is loaded once. */
class NodePreloadTest {
    private static final String SWITCH = "spring.backgroundpreinitializer.ignore";
    private static final String JSON = ObjectReader.class.getName();
    private static final String NETWORK = NioServerSocketChannel.class.getName();

    @Test
    void springBootFindsIt() {
        assertThat(
                        SpringFactoriesLoader.forDefaultResourceLocation()
                                .load(ApplicationListener.class))
                .hasAtLeastOneElementOfType(NodePreload.class);
    }

    @Test
    void loadsWhatANodeNeeds() throws Exception {
        assertThat(loadedBy(WithoutGateway.class, List.of()))
                .contains(JSON)
                .noneMatch(name -> name.startsWith("io.netty"));
    }

    @Test
    void loadsTheNetworkLibraryOnlyForAGateway() throws Exception {
        assertThat(loadedBy(WithGateway.class, List.of())).contains(JSON, NETWORK);
    }

    @Test
    void goesOnWithoutWhatIsOptional() throws Exception {
        assertThat(loadedBy(WithGateway.class, List.of("tools.jackson", "com.sun.jna")))
                .contains(NETWORK)
                .doesNotContain(JSON);
    }

    @Test
    void isSilentWithoutWhatIsNot() throws Exception {
        assertThat(loadedBy(WithGateway.class, List.of("io.netty")))
                .contains(JSON)
                .noneMatch(name -> name.startsWith("io.netty"));
    }

    @Test
    void leavesItToWhoSwitchesSuchThingsOff() throws Exception {
        System.setProperty(SWITCH, "true");
        try {
            assertThat(loadedBy(WithGateway.class, List.of())).doesNotContain(JSON, NETWORK);
        } finally {
            System.clearProperty(SWITCH);
        }
    }

    /** Runs it among classes that nobody has loaded yet, and returns which it loaded. */
    private static Set<String> loadedBy(Class<? extends Runnable> start, List<String> missing)
            throws ReflectiveOperationException, IOException {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (Fresh loader = new Fresh(missing)) {
            thread.setContextClassLoader(loader);
            ((Runnable) loader.loadClass(start.getName()).getDeclaredConstructor().newInstance())
                    .run();
            return loader.loaded;
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /** Loads every class anew but those of the platform. */
    private static final class Fresh extends URLClassLoader {
        private final Set<String> loaded = ConcurrentHashMap.newKeySet();
        private final List<String> missing;

        Fresh(List<String> missing) {
            super(
                    Pattern.compile(File.pathSeparator, Pattern.LITERAL)
                            .splitAsStream(
                                    Objects.requireNonNull(System.getProperty("java.class.path")))
                            .map(NodePreloadTest::url)
                            .toArray(URL[]::new),
                    ClassLoader.getPlatformClassLoader());
            this.missing = missing;
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            if (missing.stream().anyMatch(name::startsWith)) {
                throw new ClassNotFoundException(name);
            }
            Class<?> found = super.findClass(name);
            loaded.add(name);
            return found;
        }
    }

    private static URL url(String path) {
        try {
            return Path.of(path).toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** An application starts, and what it has begun ends. */
    public static class WithoutGateway implements Runnable {
        private final List<String> ports;

        public WithoutGateway() {
            this(List.of());
        }

        WithoutGateway(List<String> ports) {
            this.ports = ports;
        }

        @Override
        public void run() {
            StandardEnvironment environment = new StandardEnvironment();
            ports.forEach(port ->
                    environment
                            .getPropertySources()
                            .addFirst(
                                    new MapPropertySource(
                                            "test", Map.of("melin.gateway.port", port))));
            new NodePreload()
                    .onApplicationEvent(
                            new ApplicationEnvironmentPreparedEvent(
                                    new DefaultBootstrapContext(),
                                    new SpringApplication(),
                                    new String[0],
                                    environment));
            Thread.getAllStackTraces().keySet().stream()
                    .filter(thread -> thread.getName().equals("melin-preload"))
                    .forEach(WithoutGateway::join);
        }

        private static void join(Thread thread) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** The same with a gateway. */
    public static final class WithGateway extends WithoutGateway {
        public WithGateway() {
            super(List.of("0"));
        }
    }
}
