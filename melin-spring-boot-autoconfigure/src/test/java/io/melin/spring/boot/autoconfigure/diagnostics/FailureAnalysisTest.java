package io.melin.spring.boot.autoconfigure.diagnostics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;

import io.melin.app.Application;
import io.melin.app.Codec;
import io.melin.spring.boot.autoconfigure.Counter;
import io.melin.spring.boot.autoconfigure.MelinAutoConfiguration;
import io.melin.spring.boot.autoconfigure.SmallNode;
import io.melin.spring.boot.autoconfigure.codec.JacksonCodec;
import io.melin.spring.boot.autoconfigure.codec.MelinJacksonAutoConfiguration;
import io.melin.spring.boot.autoconfigure.lifecycle.MelinLifecycleAutoConfiguration;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.aopalliance.intercept.MethodInterceptor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The texts that a newcomer reads when the node does not start. */
@ExtendWith(OutputCaptureExtension.class)
class FailureAnalysisTest {
    @TempDir private Path directory;

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({
        MelinAutoConfiguration.class,
        MelinJacksonAutoConfiguration.class,
        MelinLifecycleAutoConfiguration.class
    })
    static class One {
        @Bean
        Counter counter() {
            return new Counter();
        }
    }

    private ConfigurableApplicationContext run(Class<?> configuration, String... properties) {
        return new SpringApplicationBuilder(configuration)
                .web(WebApplicationType.NONE)
                .properties("spring.main.banner-mode=off")
                .properties(SmallNode.properties(directory))
                .properties(properties)
                .run();
    }

    private void runAndClose(Class<?> configuration) {
        run(configuration).close();
    }

    /** The analysis that was printed, without line breaks. */
    private static String analysis(CapturedOutput output) {
        String all = output.getAll();
        int start = all.lastIndexOf("APPLICATION FAILED TO START");
        assertThat(start).as(all).isPositive();
        return all.substring(start).replaceAll("\\s+", " ");
    }

    private String failure(Class<?> configuration, CapturedOutput output, String... properties) {
        assertThatThrownBy(() -> run(configuration, properties)).isNotNull();
        return analysis(output);
    }

    /** Names with sizes and bytes of all files: a refused start changes none of them. */
    private Map<String, Integer> files() throws IOException {
        Map<String, Integer> files = new TreeMap<>();
        try (var paths = Files.list(directory)) {
            for (Path path : paths.toList()) {
                files.put(
                        directory.relativize(path).toString(),
                        Arrays.hashCode(Files.readAllBytes(path)));
            }
        }
        return files;
    }

    private void write(long offset, int... bytes) throws IOException {
        Path journal = directory.resolve("melin.journal");
        try (RandomAccessFile file = new RandomAccessFile(journal.toFile(), "rw")) {
            file.seek(offset);
            for (int value : bytes) {
                file.write(value);
            }
        }
    }

    @Test
    void namesTheHolderOfTheDirectory(CapturedOutput output) {
        try (ConfigurableApplicationContext first = run(One.class)) {
            assertThat(failure(One.class, output))
                    .contains(
                            "journal is locked by",
                            directory.toString(),
                            "Stop the other node",
                            "'melin.journal.directory'");
            assertThat(first.isActive()).isTrue();
        }
    }

    @Test
    void saysWhatToDoAboutAMissingDirectory(CapturedOutput output) {
        assertThat(
                        failure(
                                One.class,
                                output,
                                "melin.journal.directory=" + directory.resolve("no/such/volume")))
                .contains("no/such", "its parent does", "the volume is mounted");
    }

    @Test
    void saysWhatToDoAboutAFileInTheWay(CapturedOutput output) throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "x");

        assertThat(failure(One.class, output, "melin.journal.directory=" + file))
                .contains("file", "'melin.journal.directory'");
    }

    @Test
    void refusesAForeignFileAndLeavesItAlone(CapturedOutput output) throws IOException {
        Files.writeString(directory.resolve("melin.journal"), "text of mine\n".repeat(5000));
        Map<String, Integer> before = files();

        assertThat(failure(One.class, output))
                .contains("melin.journal", "Nothing was changed", "'melin.journal.directory'");

        Map<String, Integer> after = files();
        after.remove("melin.journal.lock");
        assertThat(after).isEqualTo(before);
    }

    @Test
    void namesTheDamageOfAJournal(CapturedOutput output) throws IOException {
        runAndClose(One.class);
        write(40, 1, 2, 3, 4, 5, 6, 7, 8);
        Map<String, Integer> before = files();

        assertThat(failure(One.class, output))
                .contains("melin.journal", "crc", "Nothing was changed");
        assertThat(files()).isEqualTo(before);
    }

    /** The layout of format 1: magic, then the version of the format. */
    @Test
    void refusesANewerJournal(CapturedOutput output) throws IOException {
        runAndClose(One.class);
        write(7, '2');

        assertThat(failure(One.class, output)).contains("melin.journal", "Nothing was changed");
    }

    static class NextCounter extends Counter {
        @Override
        public int version() {
            return 2;
        }

        @Override
        public Counter fresh() {
            return new NextCounter();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({
        MelinAutoConfiguration.class,
        MelinJacksonAutoConfiguration.class,
        MelinLifecycleAutoConfiguration.class
    })
    static class NextVersion {
        @Bean
        NextCounter counter() {
            return new NextCounter();
        }
    }

    @Test
    void saysWhichVersionOfTheApplicationWroteTheJournal(CapturedOutput output) {
        runAndClose(NextVersion.class);

        assertThat(failure(One.class, output))
                .contains("newer version", "Application bean", "version()", "Nothing was changed");
    }

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({
        MelinAutoConfiguration.class,
        MelinJacksonAutoConfiguration.class,
        MelinLifecycleAutoConfiguration.class
    })
    static class NextCodec extends One {
        @Bean
        Codec<Counter.Event> codec() {
            return new JacksonCodec<>(Counter.Event.class, 2);
        }
    }

    @Test
    void saysWhichVersionOfTheCodecWroteTheJournal(CapturedOutput output) {
        runAndClose(NextCodec.class);

        assertThat(failure(One.class, output))
                .contains("newer version", "codec", "version()", "Nothing was changed");
    }

    @Configuration(proxyBeanMethods = false)
    static class Two extends One {
        @Bean
        Counter another() {
            return new Counter();
        }
    }

    @Test
    void namesBothApplications(CapturedOutput output) {
        assertThat(failure(Two.class, output))
                .contains(
                        "found 2",
                        "'counter'",
                        "'another'",
                        "Remove all but one",
                        "autowireCandidate = false");
    }

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({
        MelinAutoConfiguration.class,
        MelinJacksonAutoConfiguration.class,
        MelinLifecycleAutoConfiguration.class
    })
    static class Open {
        @Bean
        Application<?, ?> counter() {
            return new Counter();
        }
    }

    @Test
    void showsHowToDeclareTheTypes(CapturedOutput output) {
        assertThat(failure(Open.class, output))
                .contains(
                        "'counter'",
                        "Application<?, ?>",
                        "implements Application<CounterEvent, CounterReport>");
    }

    static final class Reader {
        Reader(Counter counter) {
            assertThat(counter).isNotNull();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Injected extends One {
        @Bean
        Reader reader(Counter counter) {
            return new Reader(counter);
        }
    }

    @Test
    void leadsFromTheInjectedPrototypeToTheOperations(CapturedOutput output) {
        assertThat(failure(Injected.class, output))
                .contains("'counter' is injected into the bean 'reader'", "Inject MelinOperations");
    }

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({
        MelinAutoConfiguration.class,
        MelinJacksonAutoConfiguration.class,
        MelinLifecycleAutoConfiguration.class
    })
    static class Proxied {
        @Bean
        Application<Counter.Event, Counter.Report> counter() {
            ProxyFactory factory = new ProxyFactory(new Counter());
            factory.addAdvice((MethodInterceptor) invocation -> invocation.proceed());
            @SuppressWarnings("unchecked")
            Application<Counter.Event, Counter.Report> proxy =
                    (Application<Counter.Event, Counter.Report>) factory.getProxy();
            return proxy;
        }
    }

    @Test
    void saysWhyAProxyIsRefused(CapturedOutput output) {
        assertThat(failure(Proxied.class, output))
                .contains("'counter' is wrapped in a proxy", "Remove @Transactional");
    }

    interface OpenEvent {}

    abstract static class OpenApplication implements Application<OpenEvent, String> {}

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({
        MelinAutoConfiguration.class,
        MelinJacksonAutoConfiguration.class,
        MelinLifecycleAutoConfiguration.class
    })
    static class NoCodec {
        @Bean
        Application<OpenEvent, String> application() {
            return mock(OpenApplication.class);
        }
    }

    @Test
    void saysWhichTypeHasNoJsonForm(CapturedOutput output) {
        assertThat(failure(NoCodec.class, output))
                .contains(
                        "OpenEvent",
                        "abstract and not sealed",
                        "Use records, enums and sealed interfaces",
                        "Codec<");
    }

    @Test
    void saysWhichCoresThereAre(CapturedOutput output) {
        assertThat(
                        failure(
                                One.class,
                                output,
                                "melin.stages.layout=dedicated",
                                "melin.stages.cores.journal=977"))
                .contains("core=977", "allowed=[", "'melin.stages.cores'");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    melin.durability.policy        | two-disks | a single node can offer only 'disk'
                    melin.durability.policy        | diskk     | diskk
                    melin.pipeline.input-slots     | 1000      | power of two
                    melin.pipeline.output-slots    | 0         | power of two
                    melin.pipeline.input-buffer    | 64KB      | twice melin.payload.max
                    melin.pipeline.output-buffer   | 3MB       | power of two
                    melin.pipeline.in-flight       | 0         | 1 or more
                    melin.payload.max              | 32MB      | 1B to
                    melin.journal.name             | a/b       | plain file name
                    melin.journal.directory        | ''        | must not be empty
                    melin.journal.segment-size     | 4KB       | 0 or at least
                    melin.journal.prezeroed        | 5000B     | multiple of 4KB
                    melin.journal.frame-buffer     | 128KB     | two entries
                    melin.journal.frame-buffer     | 128MB     | at most
                    melin.stages.layout            | manual    | tests
                    melin.stages.layout            | hexagonal | AUTO
                    melin.stages.cores.jornal      | 1         | INGRESS
                    melin.stages.cores.disk        | -1        | 0 or more
                    melin.snapshot.interval        | 0s        | 1ms to 365d
                    melin.snapshot.entries         | 0         | 1 or more
                    melin.snapshot.bytes           | 0B        | 1B or more
                    melin.journal.free-space-min   | 100KB     | 0 or at least
                    melin.journal.retention.age    | -1s       | 0 to 36500d
                    melin.journal.retention.size   | -1B       | negative
                    melin.journal.skip             | 17        | 64 hexadecimal digits
                    melin.snapshot.keep            | 1         | 2 or more
                    melin.trace.sample-every       | 3         | power of two
                    melin.trace.keep-last          | 0         | 1 or more
                    melin.trace.keep-slowest       | 0         | 1 or more
                    melin.failure.stall-timeout    | 1ms       | 10ms or more
                    melin.failure.exit-delay       | -1s       | not be negative
                    melin.failure.action           | panic     | EXIT
                    melin.shutdown.drain-timeout   | -1s       | not be negative
                    melin.template.timeout         | -1s       | not be negative
                    melin.template.in-transaction  | maybe     | REJECT
                    melin.role                     | emperor   | STANDALONE
                    """)
    void namesTheImpossibleProperty(String name, String value, String reason, CapturedOutput output)
            throws IOException {
        String text = failure(One.class, output, name + "=" + value);

        assertThat(text).contains(name.replace(".jornal", ""), reason);
        assertThat(files().keySet()).isSubsetOf("melin.journal", "melin.journal.lock");
    }
}
