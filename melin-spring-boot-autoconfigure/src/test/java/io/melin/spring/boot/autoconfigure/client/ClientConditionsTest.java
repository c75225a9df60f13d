package io.melin.spring.boot.autoconfigure.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.melin.app.Application;
import io.melin.app.MelinResult;
import io.melin.client.ClientConfig;
import io.melin.client.ClientIdentity;
import io.melin.client.ClientProtocol;
import io.melin.client.ClientState;
import io.melin.client.CodecProtocol;
import io.melin.client.MelinClient;
import io.melin.client.ServerAddress;
import io.melin.node.MelinNode;
import io.melin.node.NodeStatus;
import io.melin.spring.boot.autoconfigure.Certificates;
import io.melin.spring.boot.autoconfigure.Counter;
import io.melin.spring.boot.autoconfigure.MelinAutoConfiguration;
import io.melin.spring.boot.autoconfigure.SmallNode;
import io.melin.spring.boot.autoconfigure.codec.JsonCodecs;
import io.melin.spring.boot.autoconfigure.codec.MelinJacksonAutoConfiguration;
import io.melin.spring.boot.autoconfigure.gateway.MelinGatewayAutoConfiguration;
import io.melin.spring.boot.autoconfigure.lifecycle.MelinLifecycleAutoConfiguration;
import io.melin.wire.Ed25519.SigningKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Objects;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.UnsatisfiedDependencyException;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.context.properties.source.MutuallyExclusiveConfigurationPropertiesException;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** When there is a client, and what it takes from the properties. */
class ClientConditionsTest {
    /** Nobody listens there. */
    private static final String NOBODY = "melin.client.servers=127.0.0.1:1";

    private static final Duration WAIT = Duration.ofSeconds(30);

    @TempDir private Path directory;

    private final ApplicationContextRunner bare =
            new ApplicationContextRunner()
                    .withConfiguration(
                            AutoConfigurations.of(
                                    MelinAutoConfiguration.class,
                                    MelinClientAutoConfiguration.class,
                                    MelinGatewayAutoConfiguration.class,
                                    MelinJacksonAutoConfiguration.class,
                                    MelinLifecycleAutoConfiguration.class,
                                    SslAutoConfiguration.class));
    private final ApplicationContextRunner speaking = bare.withUserConfiguration(Speaking.class);

    @Configuration(proxyBeanMethods = false)
    static class Speaking {
        @Bean
        ClientProtocol<Counter.Event, Counter.Report> protocol() {
            return new CodecProtocol<>(
                    JsonCodecs.of(Counter.Event.class), JsonCodecs.of(Counter.Report.class));
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Using {
        @Bean
        Caller caller(MelinClient<Counter.Event, Counter.Report> client) {
            return new Caller(client);
        }
    }

    record Caller(MelinClient<Counter.Event, Counter.Report> client) {}

    @Configuration(proxyBeanMethods = false)
    static class UsingOfOtherTypes {
        @Bean
        Object other(MelinClient<String, String> client) {
            return client;
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class One {
        @Bean
        Counter counter() {
            return new Counter();
        }
    }

    @Test
    void isNotThereWithoutServersOrWithoutAProtocol() {
        speaking.run(context -> assertThat(context).doesNotHaveBean(MelinClient.class));
        speaking.withPropertyValues("melin.client.servers=")
                .run(context -> assertThat(context).doesNotHaveBean(MelinClient.class));
        bare.withPropertyValues(NOBODY)
                .run(context ->
                        assertThat(context).hasNotFailed().doesNotHaveBean(MelinClient.class));
        speaking.withPropertyValues(NOBODY)
                .withClassLoader(new FilteredClassLoader("io.netty"))
                .run(context ->
                        assertThat(context).hasNotFailed().doesNotHaveBean(MelinClient.class));
    }

    @Test
    void needsNoApplicationAndNoServerToStartAndEndsWithItsContext() {
        MelinClient<?, ?>[] seen = new MelinClient<?, ?>[1];
        speaking.withUserConfiguration(Using.class)
                .withPropertyValues("melin.client.servers[0]=127.0.0.1:1")
                .run(context -> {
                    assertThat(context).hasNotFailed().doesNotHaveBean(Application.class);
                    seen[0] = context.getBean(Caller.class).client();
                    assertThat(seen[0].state()).isIn(ClientState.CONNECTING, ClientState.WAITING);
                });
        assertThat(seen[0].state()).isEqualTo(ClientState.CLOSED);
    }

    @Test
    void hasTheTypesOfItsProtocol() {
        speaking.withUserConfiguration(UsingOfOtherTypes.class)
                .withPropertyValues(NOBODY)
                .run(context ->
                        assertThat(context)
                                .getFailure()
                                .isInstanceOf(UnsatisfiedDependencyException.class)
                                .hasMessageContaining("MelinClient<java.lang.String"));
    }

    @Test
    void speaksTheCodecsOfAnApplicationBesideIt() {
        bare.withUserConfiguration(One.class, Using.class)
                .withPropertyValues(SmallNode.properties(directory))
                .withPropertyValues(NOBODY)
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    assertThat(context).hasSingleBean(CodecProtocol.class);
                    assertThat(context.getBean(Caller.class).client()).isNotNull();
                });
    }

    @Test
    void takesEveryProperty() throws Exception {
        SigningKey key = SigningKey.generate();
        Path file = Files.writeString(directory.resolve("client.key"), key.toText() + "\n");
        speaking.withPropertyValues(
                        "melin.client.servers=one:7300,[::1]:7301",
                        "melin.client.window=9",
                        "melin.client.retry-refusals=true",
                        "melin.client.identity.signing-key=" + file,
                        "melin.client.identity.lane=3",
                        "melin.client.identity.server=till",
                        "melin.client.timeouts.connect=1s",
                        "melin.client.timeouts.request=2s",
                        "melin.client.timeouts.idle=3s",
                        "melin.client.reconnect.min=4ms",
                        "melin.client.reconnect.max=5ms")
                .run(context -> {
                    ClientConfig config = context.getBean(ClientConfig.class);
                    assertThat(config.servers())
                            .containsExactly(
                                    new ServerAddress("one", 7300), new ServerAddress("::1", 7301));
                    assertThat(config.limits().window()).isEqualTo(9);
                    assertThat(config.retriesRefusals()).isTrue();
                    assertThat(config.identity())
                            .isInstanceOfSatisfying(
                                    ClientIdentity.Key.class,
                                    identity -> {
                                        assertThat(identity.key().publicKey())
                                                .isEqualTo(key.publicKey());
                                        assertThat(identity.lane()).isEqualTo(3);
                                        assertThat(identity.serverName()).isEqualTo("till");
                                    });
                    assertThat(config.timeouts().connect()).isEqualTo(Duration.ofSeconds(1));
                    assertThat(config.timeouts().request()).isEqualTo(Duration.ofSeconds(2));
                    assertThat(config.timeouts().idle()).isEqualTo(Duration.ofSeconds(3));
                    assertThat(config.reconnect().min()).isEqualTo(Duration.ofMillis(4));
                    assertThat(config.reconnect().max()).isEqualTo(Duration.ofMillis(5));
                });
    }

    @Test
    void hasTheDefaultsOfTheCore() {
        speaking.withPropertyValues(NOBODY)
                .run(context ->
                        assertThat(context.getBean(ClientConfig.class))
                                .isEqualTo(ClientConfig.of(new ServerAddress("127.0.0.1", 1))));
    }

    @ParameterizedTest
    @CsvSource({
        "melin.client.servers, nonsense",
        "melin.client.window, 0",
        "melin.client.window, 1025",
        "melin.client.identity.client, 0",
        "melin.client.identity.lane, 1",
        "melin.client.identity.server, till",
        "melin.client.identity.signing-key, no-such-file",
        "melin.client.timeouts.connect, 0s",
        "melin.client.timeouts.request, 0s",
        "melin.client.timeouts.idle, -1s",
        "melin.client.reconnect.min, 0s",
        "melin.client.reconnect.max, 1ms"
    })
    void namesThePropertyThatIsImpossible(String name, String value) {
        speaking.withPropertyValues(NOBODY, name + "=" + value)
                .run(context ->
                        assertThat(context)
                                .getFailure()
                                .rootCause()
                                .isInstanceOfSatisfying(
                                        InvalidConfigurationPropertyValueException.class,
                                        e -> assertThat(e.getName()).isEqualTo(name)));
    }

    @Test
    void neverShowsAKeyThatIsBroken() throws Exception {
        Path file = Files.writeString(directory.resolve("client.key"), "c2VjcmV0");
        speaking.withPropertyValues(NOBODY, "melin.client.identity.signing-key=" + file)
                .run(context ->
                        assertThat(context)
                                .getFailure()
                                .rootCause()
                                .hasMessageContaining("holds no signing key")
                                .message()
                                .doesNotContain("c2VjcmV0", "secret"));
    }

    @Test
    void refusesTwoIdentities() {
        speaking.withPropertyValues(
                        NOBODY,
                        "melin.client.identity.client=7",
                        "melin.client.identity.signing-key=some.key")
                .run(context ->
                        assertThat(context)
                                .getFailure()
                                .rootCause()
                                .isInstanceOf(
                                        MutuallyExclusiveConfigurationPropertiesException.class));
    }

    /** A node with a gateway, for as long as the test needs it. */
    private void withNode(Consumer<Integer> test, String... properties) {
        bare.withUserConfiguration(One.class)
                .withPropertyValues(SmallNode.properties(directory.resolve("journal")))
                .withPropertyValues("melin.gateway.port=0")
                .withPropertyValues(properties)
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    test.accept(port(context));
                });
    }

    private static int port(ApplicationContext context) {
        NodeStatus.Run run =
                Objects.requireNonNull(context.getBean(MelinNode.class).status().run());
        return Objects.requireNonNull(run.gateway()).address().getPort();
    }

    private static void assertAdds(ApplicationContext context, long amount, long total) {
        MelinResult<Counter.Report> result =
                context.getBean(Caller.class)
                        .client()
                        .submitAndWait(new Counter.Event.Add(amount), WAIT);
        assertThat(result.reports()).containsExactly(new Counter.Report(total));
    }

    @Test
    void isAnsweredByANodeElsewhere() {
        withNode(
                port ->
                        speaking.withUserConfiguration(Using.class)
                                .withPropertyValues(
                                        "melin.client.servers=127.0.0.1:" + port,
                                        "melin.client.identity.client=7")
                                .run(context -> {
                                    assertAdds(context, 5, 5);
                                    assertAdds(context, 1, 6);
                                }),
                "melin.gateway.authentication=off");
    }

    @Test
    void signsOverTlsForTheServerThatItExpects() throws Exception {
        SigningKey key = SigningKey.generate();
        Path signing = Files.writeString(directory.resolve("client.key"), key.toText());
        Path authorized =
                Files.writeString(
                        directory.resolve("authorized_keys"),
                        "trader " + Base64.getEncoder().encodeToString(key.publicKey()) + " me\n");
        Path store = Certificates.keyStore(directory.resolve("store.p12"));
        String[] trust = Certificates.trustBundle("gate", store);
        withNode(
                port ->
                        speaking.withUserConfiguration(Using.class)
                                .withPropertyValues(trust)
                                .withPropertyValues(
                                        "melin.client.servers=localhost:" + port,
                                        "melin.client.ssl.bundle=gate",
                                        "melin.client.identity.signing-key=" + signing,
                                        "melin.client.identity.server=till")
                                .run(context -> assertAdds(context, 4, 4)),
                "melin.gateway.server=till",
                "melin.gateway.authorized-keys=" + authorized,
                "melin.gateway.ssl.bundle=door",
                Certificates.keyBundle("door", store)[0],
                Certificates.keyBundle("door", store)[1],
                Certificates.keyBundle("door", store)[2]);
    }
}
