package io.melin.spring.boot.autoconfigure;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a user's IDE and Boot find in the jar that is published. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PackagedJarIT {
    private static final String PACKAGE = "io/melin/spring/boot/autoconfigure/";
    private static final String METADATA = "META-INF/spring-configuration-metadata.json";

    /** What the processor derives for endpoints, and the one switch that Boot reads by name. */
    private static final List<String> PREFIXES =
            List.of("melin.", "management.endpoint.melin", "management.health.melin.");

    /** No value is a value of its own. */
    private static final Set<String> WITHOUT_DEFAULT =
            Set.of(
                    "melin.client.identity.client",
                    "melin.client.identity.server",
                    "melin.client.identity.signing-key",
                    "melin.client.servers",
                    "melin.client.ssl.bundle",
                    "melin.failure.action",
                    "melin.gateway.authorized-keys",
                    "melin.gateway.port",
                    "melin.journal.free-space-min",
                    "melin.journal.skip",
                    "melin.gateway.ssl.bundle",
                    "melin.stages.cores");

    private JarFile jar;
    private final TreeMap<String, JsonNode> properties = new TreeMap<>();

    @BeforeAll
    void open() throws IOException {
        jar = new JarFile(requireNonNull(System.getProperty("melin.jar")));
        JsonMapper.builder().build().readTree(text(METADATA)).get("properties").values().stream()
                .forEach(property -> properties.put(property.get("name").asString(), property));
    }

    @AfterAll
    void close() throws IOException {
        jar.close();
    }

    private String text(String entry) throws IOException {
        try (InputStream in = jar.getInputStream(new ZipEntry(entry))) {
            return new String(requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private List<Class<?>> classes() throws ClassNotFoundException {
        List<Class<?>> classes = new ArrayList<>();
        for (String name : jar.stream().map(entry -> entry.getName()).toList()) {
            if (name.startsWith(PACKAGE)
                    && name.endsWith(".class")
                    && !name.endsWith("-info.class")) {
                String type = name.substring(0, name.length() - ".class".length());
                classes.add(
                        Class.forName(type.replace('/', '.'), false, getClass().getClassLoader()));
            }
        }
        return classes;
    }

    @Test
    void describesEveryProperty() {
        assertThat(properties).isNotEmpty();
        properties.forEach((name, property) -> {
            assertThat(property.path("description").asString(""))
                    .as(name)
                    .endsWith(".")
                    .doesNotStartWith("The ")
                    .doesNotStartWith("A ")
                    .doesNotContain("{@", "<p>");
            if (property.path("type").asString("").equals("java.lang.Boolean")) {
                assertThat(property.get("description").asString())
                        .as(name)
                        .matches("(Whether|Enable).*");
            }
        });
    }

    @Test
    void keepsToItsOwnNames() {
        assertThat(properties.keySet())
                .allMatch(name -> PREFIXES.stream().anyMatch(name::startsWith));
    }

    @Test
    void knowsEveryPropertyThatIsBound() throws ClassNotFoundException {
        Set<String> bound = new TreeSet<>();
        for (Class<?> type : classes()) {
            ConfigurationProperties prefix = type.getAnnotation(ConfigurationProperties.class);
            if (prefix != null) {
                collect(prefix.value(), type, bound);
            }
        }

        Set<String> known = new TreeSet<>(properties.keySet());
        known.removeIf(name -> !name.startsWith("melin."));
        assertThat(known).isEqualTo(bound);
    }

    private static void collect(String prefix, Class<?> type, Set<String> bound) {
        for (RecordComponent component : requireNonNull(type.getRecordComponents())) {
            String name = prefix + "." + dashed(component.getName());
            if (component.getType().isRecord()) {
                collect(name, component.getType(), bound);
            } else {
                bound.add(name);
            }
        }
    }

    private static String dashed(String name) {
        return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    @Test
    void showsADefaultForEveryPropertyThatHasOne() {
        properties.forEach((name, property) -> {
            if (name.startsWith("melin.") && !WITHOUT_DEFAULT.contains(name)) {
                assertThat(property.has("defaultValue")).as(name).isTrue();
            }
        });
    }

    @Test
    void typesTimesAndSizes() {
        properties.forEach((name, property) -> {
            String type = property.path("type").asString("");
            if (name.matches(".*(-timeout|-delay|\\.timeouts\\..*|\\.reconnect\\..*)")) {
                assertThat(type).as(name).isEqualTo("java.time.Duration");
            }
            if (name.matches(".*(-buffer|payload\\.max|\\.backlog.*)")) {
                assertThat(type).as(name).endsWith("DataSize");
            }
        });
    }

    /** One way to turn authentication off, and a gateway only where a port is named. */
    @Test
    void hasOneSwitchForTheGatewayAndOneForItsAuthentication() {
        assertThat(properties.keySet())
                .filteredOn(name -> name.startsWith("melin.gateway.") && name.contains("auth"))
                .containsExactly("melin.gateway.authentication", "melin.gateway.authorized-keys");
        JsonNode authentication = requireNonNull(properties.get("melin.gateway.authentication"));
        assertThat(authentication.get("defaultValue").asString()).isEqualTo("on");
        assertThat(properties.keySet())
                .filteredOn(name -> name.startsWith("melin."))
                .noneMatch(name -> name.endsWith(".enabled"));
    }

    @Test
    void importsExactlyItsAutoConfigurations() throws Exception {
        List<String> declared =
                classes().stream()
                        .filter(type -> type.isAnnotationPresent(AutoConfiguration.class))
                        .map(Class::getName)
                        .toList();

        List<String> imported =
                text("META-INF/spring/" + AutoConfiguration.class.getName() + ".imports")
                        .lines()
                        .filter(line -> !line.isBlank())
                        .toList();

        assertThat(imported).containsExactlyInAnyOrderElementsOf(declared).isSorted();
    }

    @Test
    void registersExactlyItsFailureAnalyzers() throws Exception {
        List<String> declared =
                classes().stream()
                        .map(Class::getName)
                        .filter(name -> name.endsWith("FailureAnalyzer"))
                        .toList();
        Properties factories = new Properties();
        factories.load(new StringReader(text("META-INF/spring.factories")));

        String registered = factories.getProperty(FailureAnalyzer.class.getName());

        assertThat(requireNonNull(registered).split(","))
                .containsExactlyInAnyOrderElementsOf(declared);
    }

    @Test
    void carriesTheConditionsThatBootReadsWithoutLoadingClasses() throws IOException {
        assertThat(text("META-INF/spring-autoconfigure-metadata.properties"))
                .contains("MelinJacksonAutoConfiguration.ConditionalOnClass");
    }
}
