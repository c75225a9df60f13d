package io.melin.spring.boot.autoconfigure.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.melin.app.Application;
import io.melin.gateway.DefaultProtocol;
import io.melin.gateway.GatewayConfig;
import io.melin.gateway.GatewayTimeouts;
import io.melin.gateway.Protocol;
import io.melin.node.GatewaySetup;
import io.melin.node.MelinConfig;
import io.melin.node.MelinNode;
import io.melin.node.NodeStatus;
import io.melin.spring.boot.autoconfigure.Counter;
import io.melin.spring.boot.autoconfigure.FrameClient;
import io.melin.spring.boot.autoconfigure.MelinAutoConfiguration;
import io.melin.spring.boot.autoconfigure.SmallNode;
import io.melin.spring.boot.autoconfigure.codec.MelinJacksonAutoConfiguration;
import io.melin.spring.boot.autoconfigure.lifecycle.MelinLifecycleAutoConfiguration;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** When there is a gateway, and how what is wrong with it is said. */
@ExtendWith(OutputCaptureExtension.class)
class GatewayConditionsTest {
    @TempDir private Path directory;
    private ApplicationContextRunner bare = new ApplicationContextRunner();
    private ApplicationContextRunner runner = new ApplicationContextRunner();
    private ApplicationContextRunner open = new ApplicationContextRunner();

    @Configuration(proxyBeanMethods = false)
    static class One {
        @Bean
        Counter counter() {
            return new Counter();
        }
    }

    @BeforeEach
    void configure() {
        bare =
                bare.withConfiguration(
                                AutoConfigurations.of(
                                        MelinAutoConfiguration.class,
                                        MelinGatewayAutoConfiguration.class,
                                        MelinJacksonAutoConfiguration.class,
                                        MelinLifecycleAutoConfiguration.class,
                                        SslAutoConfiguration.class))
                        .withPropertyValues(SmallNode.properties(directory.resolve("journal")));
        runner = bare.withUserConfiguration(One.class);
        open =
                runner.withPropertyValues(
                        "melin.gateway.port=0", "melin.gateway.authentication=off");
    }

    private static NodeStatus.GatewayStatus gateway(ApplicationContext context) {
        NodeStatus.Run run =
                Objects.requireNonNull(context.getBean(MelinNode.class).status().run());
        return Objects.requireNonNull(run.gateway());
    }

    @ParameterizedTest
    @ValueSource(strings = {"melin.gateway.server=till", "melin.gateway.port="})
    void isOffWithoutAPort(String property) {
        runner.withPropertyValues(property)
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    assertThat(context).doesNotHaveBean(GatewaySetup.class);
                    assertThat(context).doesNotHaveBean(Protocol.class);
                    assertThat(context.getBean(MelinConfig.class).gateway()).isNull();
                });
    }

    @Test
    void isOffWithoutAnApplication() {
        bare.withPropertyValues("melin.gateway.port=0")
                .run(context ->
                        assertThat(context)
                                .hasNotFailed()
                                .doesNotHaveBean(Application.class)
                                .doesNotHaveBean(GatewaySetup.class));
    }

    @Test
    void isOnWithAPortOnLoopback() {
        open.run(context -> {
            assertThat(context).hasNotFailed();
            assertThat(context).hasSingleBean(DefaultProtocol.class);
            assertThat(gateway(context).address().getHostString()).isEqualTo("127.0.0.1");
            try (FrameClient client = FrameClient.plain(gateway(context).address().getPort())) {
                client.ready();
            }
        });
    }

    @Test
    void takesEveryProperty() {
        open.withPropertyValues(
                        "melin.gateway.server=till",
                        "melin.gateway.limits.connections=5",
                        "melin.gateway.limits.window=6",
                        "melin.gateway.limits.backlog=1MB",
                        "melin.gateway.limits.backlog-total=3GB",
                        "melin.gateway.limits.queries=7",
                        "melin.gateway.timeouts.handshake=1s",
                        "melin.gateway.timeouts.idle=2s",
                        "melin.gateway.timeouts.heartbeat=500ms",
                        "melin.gateway.timeouts.stall=3s",
                        "melin.gateway.timeouts.overload=40ms")
                .run(context -> {
                    GatewayConfig config = context.getBean(GatewaySetup.class).config();
                    assertThat(config.server()).isEqualTo("till");
                    assertThat(config.limits().connections()).isEqualTo(5);
                    assertThat(config.limits().window()).isEqualTo(6);
                    assertThat(config.limits().backlogBytes()).isEqualTo(1 << 20);
                    assertThat(config.limits().backlogBytesTotal()).isEqualTo(3L << 30);
                    assertThat(config.limits().queries()).isEqualTo(7);
                    assertThat(config.timeouts())
                            .isEqualTo(
                                    new GatewayTimeouts(
                                            Duration.ofSeconds(1),
                                            Duration.ofSeconds(2),
                                            Duration.ofMillis(500),
                                            Duration.ofSeconds(3),
                                            Duration.ofMillis(40)));
                });
    }

    @Test
    void hasTheDefaultsOfTheCore() {
        open.run(context ->
                assertThat(context.getBean(GatewaySetup.class).config())
                        .usingRecursiveComparison()
                        .ignoringFields("address")
                        .isEqualTo(
                                GatewayConfig.of(
                                        new java.net.InetSocketAddress(
                                                InetAddress.getLoopbackAddress(), 0))));
    }

    /** YAML reads a bare {@code off} as false. */
    @ParameterizedTest
    @ValueSource(strings = {"off", "OFF", "false"})
    void letsEverybodyInOnlyWhereAuthenticationIsOff(String off) throws Exception {
        Path keys = Files.writeString(directory.resolve("keys"), "# nobody yet\n");
        ApplicationContextRunner keyed =
                runner.withPropertyValues(
                        "melin.gateway.port=0", "melin.gateway.authorized-keys=" + keys);
        keyed.run(context -> {
            assertThat(context.getBean(GatewaySetup.class).keys()).isEqualTo(keys);
            assertThat(gateway(context).isAuthenticated()).isTrue();
        });
        keyed.withPropertyValues("melin.gateway.authentication=" + off)
                .run(context -> {
                    assertThat(context.getBean(GatewaySetup.class).keys()).isNull();
                    assertThat(gateway(context).isAuthenticated()).isFalse();
                });
    }

    @Test
    void saysItLoudlyWhereAnybodyFromOutsideMayDoEverything(CapturedOutput output) {
        open.withPropertyValues("melin.gateway.address=0.0.0.0")
                .run(context -> assertThat(context).hasNotFailed());

        assertThat(output.getAll().lines().filter(line -> line.contains("the gateway")))
                .singleElement()
                .asString()
                .contains("WARN", "beyond this machine", "melin.gateway.authentication=on");
    }

    @ParameterizedTest
    @CsvSource({
        "melin.gateway.port, 65536",
        "melin.gateway.port, -1",
        "melin.gateway.server, ''",
        "melin.gateway.limits.connections, 0",
        "melin.gateway.limits.connections, 2000000",
        "melin.gateway.limits.window, 0",
        "melin.gateway.limits.backlog, 1KB",
        "melin.gateway.limits.backlog, 2GB",
        "melin.gateway.limits.backlog-total, 1KB",
        "melin.gateway.limits.queries, 0",
        "melin.gateway.timeouts.handshake, 0s",
        "melin.gateway.timeouts.idle, 25d",
        "melin.gateway.timeouts.heartbeat, -1s",
        "melin.gateway.timeouts.stall, 0s",
        "melin.gateway.timeouts.overload, 0s"
    })
    void namesThePropertyThatIsImpossible(String name, String value) {
        open.withPropertyValues(name + "=" + value)
                .run(context ->
                        assertThat(context)
                                .getFailure()
                                .rootCause()
                                .isInstanceOfSatisfying(
                                        InvalidConfigurationPropertyValueException.class,
                                        e -> assertThat(e.getName()).isEqualTo(name)));
    }

    @Test
    void saysWhatIsMissingWithoutNetty() {
        ApplicationContextRunner without =
                runner.withClassLoader(new FilteredClassLoader("io.netty"));

        without.run(context -> assertThat(context).hasNotFailed().hasSingleBean(MelinNode.class));
        without.withPropertyValues("melin.gateway.port=0", "melin.gateway.authentication=off")
                .run(context ->
                        assertThat(context)
                                .getFailure()
                                .rootCause()
                                .hasMessageContaining("melin.gateway.port")
                                .hasMessageContaining("io.netty:netty-handler"));
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnProtocol {
        @Bean
        Protocol ownProtocol() {
            return new DefaultProtocol();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class OtherProtocol {
        @Bean
        Protocol otherProtocol() {
            return new DefaultProtocol();
        }
    }

    @Test
    void speaksTheProtocolOfTheApplication() {
        open.withUserConfiguration(OwnProtocol.class)
                .run(context -> {
                    assertThat(context).doesNotHaveBean("melinGatewayProtocol");
                    assertThat(context.getBean(GatewaySetup.class).protocol())
                            .isSameAs(context.getBean("ownProtocol"));
                });
        open.withUserConfiguration(OwnProtocol.class, OtherProtocol.class)
                .run(context ->
                        assertThat(context)
                                .getFailure()
                                .rootCause()
                                .hasMessageContaining("ownProtocol,otherProtocol"));
    }

    @Test
    void listensAgainAfterStopAndStart() {
        open.run(context -> {
            int before = gateway(context).address().getPort();
            SmartLifecycle node = context.getBean("melinLifecycle", SmartLifecycle.class);
            node.stop();
            assertThat(context.getBean(MelinNode.class).status().run()).isNull();
            node.start();
            int after = gateway(context).address().getPort();
            assertThat(after).as("free ports").isPositive();
            try (FrameClient client = FrameClient.plain(after)) {
                client.ready();
            }
            assertThat(before).isPositive();
        });
    }

    /** A port of its own: the connection of a client keeps it in TIME_WAIT. */
    @Test
    void takesTheSamePortAgainRightAfterAStopWithClients() {
        open.run(first -> {
            int port = gateway(first).address().getPort();
            SmartLifecycle node = first.getBean("melinLifecycle", SmartLifecycle.class);
            node.stop();
            ApplicationContextRunner fixed =
                    open.withPropertyValues(
                            "melin.gateway.port=" + port,
                            "melin.journal.directory=" + directory.resolve("other"));
            fixed.run(second -> {
                try (FrameClient client = FrameClient.plain(port)) {
                    client.ready();
                    SmartLifecycle again = second.getBean("melinLifecycle", SmartLifecycle.class);
                    again.stop();
                    again.start();
                    assertThat(gateway(second).address().getPort()).isEqualTo(port);
                }
                try (FrameClient client = FrameClient.plain(port)) {
                    client.ready();
                }
            });
        });
    }
}
