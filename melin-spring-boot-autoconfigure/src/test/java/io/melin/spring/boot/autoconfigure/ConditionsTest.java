package io.melin.spring.boot.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.melin.app.EventId;
import io.melin.app.MelinOperations;
import io.melin.node.MelinNode;
import io.melin.spring.boot.autoconfigure.codec.MelinJacksonAutoConfiguration;
import io.melin.spring.boot.autoconfigure.endpoint.MelinEndpoint;
import io.melin.spring.boot.autoconfigure.endpoint.MelinEndpointAutoConfiguration;
import io.melin.spring.boot.autoconfigure.endpoint.MelinTracesEndpoint;
import io.melin.spring.boot.autoconfigure.health.MelinHealthContributorAutoConfiguration;
import io.melin.spring.boot.autoconfigure.lifecycle.MelinLifecycleAutoConfiguration;
import io.melin.spring.boot.autoconfigure.metrics.LatencyCollector;
import io.melin.spring.boot.autoconfigure.metrics.MelinMeterBinder;
import io.melin.spring.boot.autoconfigure.metrics.MelinMetricsAutoConfiguration;
import io.melin.spring.boot.autoconfigure.metrics.MelinPrometheusAutoConfiguration;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.prometheus.PrometheusMetricsExportAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** With and without each thing that a user may not have, or may have made themselves. */
class ConditionsTest {
    @TempDir private Path directory;
    private ApplicationContextRunner bare = new ApplicationContextRunner();
    private ApplicationContextRunner runner = new ApplicationContextRunner();

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
                                        MelinEndpointAutoConfiguration.class,
                                        MelinHealthContributorAutoConfiguration.class,
                                        MelinJacksonAutoConfiguration.class,
                                        MelinLifecycleAutoConfiguration.class,
                                        MelinMetricsAutoConfiguration.class,
                                        MelinPrometheusAutoConfiguration.class))
                        .withPropertyValues(SmallNode.properties(directory))
                        .withPropertyValues("management.endpoints.web.exposure.include=*");
        runner = bare.withUserConfiguration(One.class);
    }

    private static void assertWorks(AssertableApplicationContext context) {
        assertThat(context).hasNotFailed();
        @SuppressWarnings("unchecked")
        MelinOperations<Counter.Event, Counter.Report> operations =
                context.getBean(MelinOperations.class);
        assertThat(
                        operations
                                .submitAndWait(
                                        new Counter.Event.Add(2),
                                        EventId.none(),
                                        Duration.ofSeconds(30))
                                .reports())
                .containsExactly(new Counter.Report(2));
    }

    @Test
    void addsNothingWithoutAnApplication() {
        bare.withBean(SimpleMeterRegistry.class)
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    assertThat(context.getBeanDefinitionNames())
                            .filteredOn(name -> name.startsWith("melin"))
                            .containsExactly("melinDefaultCodecs");
                });
    }

    @Test
    void worksWithoutActuator() {
        runner.withClassLoader(new FilteredClassLoader(Endpoint.class, HealthIndicator.class))
                .run(context -> {
                    assertWorks(context);
                    assertThat(context).doesNotHaveBean("melinEndpoint");
                    assertThat(context).doesNotHaveBean("melinHealthContributor");
                });
    }

    @Test
    void worksWithHealthButWithoutEndpoints() {
        runner.withClassLoader(new FilteredClassLoader("org.springframework.boot.actuate"))
                .run(context -> {
                    assertWorks(context);
                    assertThat(context).hasBean("melinHealthContributor");
                    assertThat(context).doesNotHaveBean("melinEndpoint");
                });
    }

    @Test
    void worksWithoutMicrometerAndPrometheus() {
        runner.withClassLoader(new FilteredClassLoader("io.micrometer", "io.prometheus"))
                .run(context -> {
                    assertWorks(context);
                    assertThat(context).doesNotHaveBean("melinMeterBinder");
                    assertThat(context).doesNotHaveBean("melinLatencyCollector");
                });
    }

    @Test
    void bindsNothingWithoutARegistry() {
        runner.run(context -> {
            assertWorks(context);
            assertThat(context).doesNotHaveBean(MelinMeterBinder.class);
        });
    }

    @Test
    void publishesQuantilesWhereThereIsNoPrometheus() {
        runner.withConfiguration(
                        AutoConfigurations.of(
                                MetricsAutoConfiguration.class,
                                SimpleMetricsExportAutoConfiguration.class))
                .withClassLoader(new FilteredClassLoader("io.prometheus"))
                .run(context -> {
                    assertWorks(context);
                    MeterRegistry registry = context.getBean(MeterRegistry.class);
                    assertThat(registry.get("melin.response.latency").functionTimer().count())
                            .isEqualTo(1);
                    assertThat(
                                    registry.get("melin.response.latency.quantile")
                                            .tag("quantile", "0.99")
                                            .timeGauges())
                            .hasSize(1);
                    assertThat(registry.get("melin.journal.sequence").gauge().value()).isEqualTo(1);
                });
    }

    @Test
    void publishesHistogramsWhereThereIsPrometheus() {
        runner.withConfiguration(
                        AutoConfigurations.of(
                                MetricsAutoConfiguration.class,
                                PrometheusMetricsExportAutoConfiguration.class))
                .run(context -> {
                    assertWorks(context);
                    assertThat(context).hasSingleBean(LatencyCollector.class);
                    assertThat(context).doesNotHaveBean("melinLatencyGaugeBinder");
                    assertThat(
                                    context.getBean(PrometheusRegistry.class)
                                            .scrape(name -> name.contains("melin_response"))
                                            .size())
                            .isEqualTo(1);
                });
    }

    @Test
    void hasHealthUnlessItIsSwitchedOff() {
        runner.run(context -> {
            CompositeHealthContributor melin =
                    context.getBean("melinHealthContributor", CompositeHealthContributor.class);
            assertThat(melin.stream().map(entry -> entry.name()))
                    .containsExactlyInAnyOrder("pipeline", "journal", "snapshot");
        });
        runner.withPropertyValues("management.health.melin.enabled=false")
                .run(context -> assertThat(context).doesNotHaveBean("melinHealthContributor"));
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnHealth {
        @Bean
        HealthIndicator melinHealthIndicator() {
            return () -> Health.unknown().build();
        }
    }

    @Test
    void backsOffFromTheUsersHealth() {
        runner.withUserConfiguration(OwnHealth.class)
                .run(context ->
                        assertThat(context)
                                .hasNotFailed()
                                .doesNotHaveBean("melinHealthContributor"));
    }

    @Test
    void hasEndpointsOnlyWhereTheyAreExposed() {
        runner.run(context -> {
            assertThat(context).hasSingleBean(MelinEndpoint.class);
            assertThat(context).hasSingleBean(MelinTracesEndpoint.class);
        });
        runner.withPropertyValues("management.endpoints.web.exposure.include=health")
                .run(context ->
                        assertThat(context)
                                .hasNotFailed()
                                .doesNotHaveBean(MelinEndpoint.class)
                                .doesNotHaveBean(MelinTracesEndpoint.class));
        runner.withPropertyValues("management.endpoint.melin.access=NONE")
                .run(context ->
                        assertThat(context)
                                .doesNotHaveBean(MelinEndpoint.class)
                                .hasSingleBean(MelinTracesEndpoint.class));
    }

    @Test
    void createsWhatNobodyAsksForAlsoWhenBeansAreLazy() {
        runner.withInitializer(context ->
                        context.addBeanFactoryPostProcessor(
                                new LazyInitializationBeanFactoryPostProcessor()))
                .withConfiguration(
                        AutoConfigurations.of(
                                MetricsAutoConfiguration.class,
                                PrometheusMetricsExportAutoConfiguration.class))
                .run(context -> {
                    assertThat(context.getBean(MelinNode.class).status().run()).isNotNull();
                    assertThat(
                                    context.getSourceApplicationContext()
                                            .getBeanFactory()
                                            .getSingletonNames())
                            .contains("melinLatencyCollector", "melinFailureExit");
                });
    }
}
