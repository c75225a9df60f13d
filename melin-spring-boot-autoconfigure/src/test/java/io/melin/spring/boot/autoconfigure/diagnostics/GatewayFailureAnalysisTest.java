package io.melin.spring.boot.autoconfigure.diagnostics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.melin.gateway.DefaultProtocol;
import io.melin.gateway.Protocol;
import io.melin.spring.boot.autoconfigure.Certificates;
import io.melin.spring.boot.autoconfigure.Counter;
import io.melin.spring.boot.autoconfigure.MelinAutoConfiguration;
import io.melin.spring.boot.autoconfigure.SmallNode;
import io.melin.spring.boot.autoconfigure.codec.MelinJacksonAutoConfiguration;
import io.melin.spring.boot.autoconfigure.gateway.MelinGatewayAutoConfiguration;
import io.melin.spring.boot.autoconfigure.lifecycle.MelinLifecycleAutoConfiguration;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The texts that an operator reads when the gateway keeps a node from starting. */
@ExtendWith(OutputCaptureExtension.class)
class GatewayFailureAnalysisTest {
    private static final String OFF = "melin.gateway.authentication=off";

    @TempDir private Path directory;

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({
        MelinAutoConfiguration.class,
        MelinGatewayAutoConfiguration.class,
        MelinJacksonAutoConfiguration.class,
        MelinLifecycleAutoConfiguration.class,
        SslAutoConfiguration.class
    })
    static class One {
        @Bean
        Counter counter() {
            return new Counter();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class TwoProtocols extends One {
        @Bean
        Protocol first() {
            return new DefaultProtocol();
        }

        @Bean
        Protocol second() {
            return new DefaultProtocol();
        }
    }

    private ConfigurableApplicationContext run(Class<?> configuration, String... properties) {
        return new SpringApplicationBuilder(configuration)
                .web(WebApplicationType.NONE)
                .properties("spring.main.banner-mode=off", "melin.gateway.port=0")
                .properties(SmallNode.properties(directory))
                .properties(properties)
                .run();
    }

    private String failure(Class<?> configuration, CapturedOutput output, String... properties) {
        assertThatThrownBy(() -> run(configuration, properties)).isNotNull();
        String all = output.getAll();
        int start = all.lastIndexOf("APPLICATION FAILED TO START");
        assertThat(start).as(all).isPositive();
        return all.substring(start).replaceAll("\\s+", " ");
    }

    @Test
    void namesThePortThatIsInUseAndLeavesNothingBehind(CapturedOutput output) throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(
                            failure(
                                    One.class,
                                    output,
                                    OFF,
                                    "melin.gateway.port=" + taken.getLocalPort()))
                    .contains(
                            "127.0.0.1, port " + taken.getLocalPort(),
                            "already in use",
                            "'melin.gateway.port'",
                            "'melin.gateway.address'");
        }
        run(One.class, OFF).close();
    }

    @Test
    void saysThatTwoContextsNeedTwoPorts(CapturedOutput output) throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        try (ConfigurableApplicationContext first =
                run(One.class, OFF, "melin.gateway.port=" + port)) {
            assertThat(
                            failure(
                                    One.class,
                                    output,
                                    OFF,
                                    "melin.gateway.port=" + port,
                                    "melin.journal.directory=" + directory.resolve("second")))
                    .contains("Two application contexts of one process need two ports");
            assertThat(first.isActive()).isTrue();
        }
    }

    @Test
    void namesAnAddressOfAnotherMachine(CapturedOutput output) {
        assertThat(failure(One.class, output, OFF, "melin.gateway.address=192.0.2.1"))
                .contains("cannot listen on 192.0.2.1", "'melin.gateway.address'");
    }

    @Test
    void saysBothWaysOutOfAMissingKeyFile(CapturedOutput output) {
        assertThat(failure(One.class, output))
                .contains(
                        "'melin.gateway.authorized-keys'",
                        "'melin.gateway.authentication=off'",
                        "role base64-of-the-public-key comment");
    }

    @Test
    void namesAKeyFileThatCannotBeRead(CapturedOutput output) {
        assertThat(
                        failure(
                                One.class,
                                output,
                                "melin.gateway.authorized-keys=" + directory.resolve("none")))
                .contains(
                        directory.resolve("none").toString(),
                        "cannot be read",
                        "'melin.gateway.authorized-keys'");
    }

    @Test
    void namesTheLineOfAKeyFileThatIsNoKey(CapturedOutput output) throws Exception {
        Path keys = Files.writeString(directory.resolve("keys"), "# keys\nadmin AAAA me\n");

        assertThat(failure(One.class, output, "melin.gateway.authorized-keys=" + keys))
                .contains(keys.toString(), "line 2", "operator, trader");
    }

    @Test
    void namesTheBundlesThatThereAre(CapturedOutput output) throws Exception {
        Path store = Certificates.keyStore(directory.resolve("store.p12"));
        String[] properties =
                Stream.of(
                                Certificates.keyBundle("door", store),
                                new String[] {OFF, "melin.gateway.ssl.bundle=gate"})
                        .flatMap(Arrays::stream)
                        .toArray(String[]::new);

        assertThat(failure(One.class, output, properties))
                .contains("melin.gateway.ssl.bundle", "gate", "no SSL bundle", "[door]");
    }

    @Test
    void refusesABundleWithoutAKey(CapturedOutput output) throws Exception {
        Path store = Certificates.keyStore(directory.resolve("store.p12"));
        String[] properties =
                Stream.of(
                                Certificates.trustBundle("trust", store),
                                new String[] {OFF, "melin.gateway.ssl.bundle=trust"})
                        .flatMap(Arrays::stream)
                        .toArray(String[]::new);

        assertThat(failure(One.class, output, properties))
                .contains("melin.gateway.ssl.bundle", "no certificate with its private key");
    }

    @Test
    void refusesABundleThatCannotBeOpened(CapturedOutput output) {
        assertThat(
                        failure(
                                One.class,
                                output,
                                OFF,
                                "spring.ssl.bundle.jks.door.keystore.location="
                                        + directory.resolve("none.p12").toUri(),
                                "melin.gateway.ssl.bundle=door"))
                .contains("melin.gateway.ssl.bundle", "the bundle cannot be used", "none.p12");
    }

    @Test
    void namesBothProtocols(CapturedOutput output) {
        assertThat(failure(TwoProtocols.class, output, OFF))
                .contains("required a single bean, but 2 were found", "first", "second");
    }

    @Test
    void namesAnUnknownHostByItsProperty(CapturedOutput output) {
        assertThat(failure(One.class, output, OFF, "melin.gateway.address=no.such.host.example"))
                .contains("melin.gateway.address", "no.such.host.example");
    }
}
