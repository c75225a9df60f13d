package io.melin.spring.boot.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.melin.app.Application;
import io.melin.app.EventId;
import io.melin.app.MelinOperations;
import io.melin.app.MelinResult;
import io.melin.health.NodeState;
import io.melin.node.MelinConfig;
import io.melin.node.MelinNode;
import io.melin.spring.boot.autoconfigure.codec.JacksonCodec;
import io.melin.spring.boot.autoconfigure.codec.MelinJacksonAutoConfiguration;
import io.melin.spring.boot.autoconfigure.diagnostics.InjectedApplicationException;
import io.melin.spring.boot.autoconfigure.diagnostics.ProxiedApplicationException;
import io.melin.spring.boot.autoconfigure.diagnostics.SeveralApplicationsException;
import io.melin.spring.boot.autoconfigure.lifecycle.MelinLifecycleAutoConfiguration;
import java.nio.file.Path;
import java.time.Duration;
import org.aopalliance.intercept.MethodInterceptor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;
import org.springframework.context.annotation.Lazy;
import org.springframework.transaction.support.TransactionSynchronizationManager;

class MelinAutoConfigurationTest {
    @TempDir private Path directory;
    private ApplicationContextRunner runner = new ApplicationContextRunner();

    @BeforeEach
    void configure() {
        runner =
                runner.withConfiguration(
                                AutoConfigurations.of(
                                        MelinAutoConfiguration.class,
                                        MelinJacksonAutoConfiguration.class,
                                        MelinLifecycleAutoConfiguration.class))
                        .withPropertyValues(SmallNode.properties(directory));
    }

    @Configuration(proxyBeanMethods = false)
    static class CounterConfiguration {
        @Bean
        Counter counter() {
            return new Counter();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class TwoCounters {
        @Bean
        Counter first() {
            return new Counter();
        }

        @Bean
        Counter second() {
            return new Counter();
        }
    }

    static final class Service {
        private final MelinOperations<Counter.Event, Counter.Report> operations;

        Service(MelinOperations<Counter.Event, Counter.Report> operations) {
            this.operations = operations;
        }

        MelinResult<Counter.Report> add(long amount, EventId id) {
            return operations.submitAndWait(
                    new Counter.Event.Add(amount), id, Duration.ofSeconds(30));
        }
    }

    record Unrelated(MelinOperations<String, String> operations) {}

    @Test
    void doesNothingWithoutAnApplication() {
        runner.run(context ->
                assertThat(context)
                        .hasNotFailed()
                        .doesNotHaveBean(MelinNode.class)
                        .doesNotHaveBean(MelinTemplate.class)
                        .doesNotHaveBean(MelinProperties.class));
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void answersOnceTheEventIsDurableAndKeepsItOverARestart() {
        runner.withUserConfiguration(CounterConfiguration.class, Service.class)
                .run(context -> {
                    Service service = context.getBean(Service.class);
                    assertThat(service.add(5, EventId.of(1, 1)).reports())
                            .containsExactly(new Counter.Report(5));
                    assertThat(service.add(7, EventId.of(1, 2)).reports())
                            .containsExactly(new Counter.Report(12));
                });
        runner.withUserConfiguration(CounterConfiguration.class, Service.class)
                .run(context -> {
                    Service service = context.getBean(Service.class);
                    MelinResult<Counter.Report> again = service.add(7, EventId.of(1, 2));
                    assertThat(again.duplicate()).isTrue();
                    assertThat(again.reports()).containsExactly(new Counter.Report(12));
                    assertThat(service.add(1, EventId.of(1, 3)).reports())
                            .containsExactly(new Counter.Report(13));
                });
    }

    @Test
    void injectsByTheFullGenericTypeOnly() {
        runner.withUserConfiguration(CounterConfiguration.class, Service.class)
                .run(context -> assertThat(context).hasNotFailed());
        runner.withUserConfiguration(CounterConfiguration.class, Unrelated.class)
                .run(context ->
                        assertThat(context)
                                .getFailure()
                                .hasMessageContaining("MelinOperations<java.lang.String"));
    }

    @Configuration(proxyBeanMethods = false)
    static class NodeUser {
        NodeUser(
                MelinNode<Counter.Event, Counter.Report> node,
                MelinTemplate<Counter.Event, Counter.Report> template) {
            assertThat(node).isNotNull();
            assertThat(template).isNotNull();
        }
    }

    @Test
    void givesNodeAndTemplateTheirFullType() {
        runner.withUserConfiguration(CounterConfiguration.class, NodeUser.class)
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void refusesTwoApplications() {
        runner.withUserConfiguration(TwoCounters.class)
                .run(context ->
                        assertThat(context)
                                .getFailure()
                                .isInstanceOf(SeveralApplicationsException.class)
                                .hasMessageContaining("first")
                                .hasMessageContaining("second"));
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnBeans {
        @Bean
        MelinConfig config(MelinProperties properties) {
            return MelinConfig.of(Path.of(properties.journal().directory())).withCallsMax(3);
        }

        @Bean
        MelinOperations<Counter.Event, Counter.Report> operations(
                MelinNode<Counter.Event, Counter.Report> node) {
            return node.operations();
        }
    }

    @Test
    void backsOffFromTheUsersConfigAndOperations() {
        runner.withUserConfiguration(CounterConfiguration.class, OwnBeans.class, Service.class)
                .run(context -> {
                    assertThat(context).hasSingleBean(MelinConfig.class);
                    assertThat(context).doesNotHaveBean(MelinTemplate.class);
                    assertThat(context.getBean(MelinNode.class).status().callsMax()).isEqualTo(3);
                    context.getBean(Service.class).add(1, EventId.none());
                });
    }

    @Test
    void letsCoresSleepUnlessToldOtherwise() {
        ApplicationContextRunner counter = runner.withUserConfiguration(CounterConfiguration.class);
        counter.run(context -> assertThat(keepsAwake(context)).isFalse());
        counter.withPropertyValues("melin.stages.keep-awake=true")
                .run(context -> assertThat(keepsAwake(context)).isTrue());
    }

    private static boolean keepsAwake(ApplicationContext context) {
        return context.getBean(MelinConfig.class).stages().keepsAwake();
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnNode {
        @Bean
        MelinNode<Counter.Event, Counter.Report> node(Counter counter, MelinConfig config) {
            return MelinNode.create(
                    counter,
                    new JacksonCodec<>(Counter.Event.class),
                    new JacksonCodec<>(Counter.Report.class),
                    config);
        }
    }

    @Test
    void backsOffFromTheUsersNodeWhichMayBeGivenTheApplication() {
        runner.withUserConfiguration(CounterConfiguration.class, OwnNode.class, Service.class)
                .run(context -> {
                    assertThat(context).hasSingleBean(MelinNode.class);
                    assertThat(context.getBean(Service.class).add(4, EventId.none()))
                            .extracting(MelinResult::sequence)
                            .isEqualTo(1L);
                });
    }

    static final class Racer {
        Racer(Counter counter) {
            assertThat(counter).isNotNull();
        }
    }

    static final class FieldRacer {
        @Autowired private Application<Counter.Event, Counter.Report> counter;

        long read() {
            return counter.digest();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class LazyRacer {
        @Bean
        @Lazy
        Racer racer(Counter counter) {
            return new Racer(counter);
        }
    }

    @Test
    void refusesABeanThatIsGivenTheApplication() {
        for (Class<?> racer : new Class<?>[] {Racer.class, FieldRacer.class}) {
            runner.withUserConfiguration(CounterConfiguration.class)
                    .withBean("racer", racer)
                    .run(context ->
                            assertThat(context)
                                    .as(racer.getSimpleName())
                                    .getFailure()
                                    .rootCause()
                                    .isInstanceOf(InjectedApplicationException.class)
                                    .hasMessageContaining("application=counter")
                                    .hasMessageContaining("injectedInto=racer"));
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Ordered {
        @Bean
        @DependsOn("counter")
        Object later() {
            return new Object();
        }
    }

    @Test
    void allowsABeanThatOnlyComesAfterTheApplication() {
        runner.withUserConfiguration(CounterConfiguration.class, Ordered.class)
                .run(context -> assertThat(context).hasNotFailed().hasBean("later"));
    }

    @Test
    void refusesItAlsoWhenTheBeanComesLate() {
        runner.withUserConfiguration(CounterConfiguration.class, LazyRacer.class)
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    assertThat(catchThrowable(() -> context.getBean("racer")))
                            .hasRootCauseInstanceOf(InjectedApplicationException.class);
                });
    }

    @Configuration(proxyBeanMethods = false)
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
    void refusesAProxiedApplication() {
        runner.withUserConfiguration(Proxied.class)
                .run(context ->
                        assertThat(context)
                                .getFailure()
                                .rootCause()
                                .isInstanceOf(ProxiedApplicationException.class)
                                .hasMessageContaining("counter"));
    }

    @Test
    void looksForTransactionsOnlyWhereThereCanBeSome() {
        runner.withUserConfiguration(CounterConfiguration.class)
                .run(context -> assertThat(context).hasSingleBean(SubmitGuard.class));
        runner.withUserConfiguration(CounterConfiguration.class)
                .withClassLoader(new FilteredClassLoader(TransactionSynchronizationManager.class))
                .run(context ->
                        assertThat(context)
                                .hasNotFailed()
                                .doesNotHaveBean(SubmitGuard.class)
                                .hasSingleBean(MelinTemplate.class));
    }

    @Test
    void refusesASubmitInARealTransactionWhenToldTo() {
        runner.withUserConfiguration(CounterConfiguration.class, Service.class)
                .withPropertyValues("melin.template.in-transaction=reject")
                .run(context -> {
                    Service service = context.getBean(Service.class);
                    TransactionSynchronizationManager.setActualTransactionActive(true);
                    try {
                        assertThat(catchThrowable(() -> service.add(1, EventId.none())))
                                .isInstanceOf(IllegalStateException.class)
                                .hasMessageContaining("Service.add");
                    } finally {
                        TransactionSynchronizationManager.setActualTransactionActive(false);
                    }
                    assertThat(service.add(1, EventId.none()).sequence()).isEqualTo(1);
                });
    }

    @Test
    void createsTheNodeWithoutStartingItWhenToldTo() {
        runner.withUserConfiguration(CounterConfiguration.class)
                .withPropertyValues("melin.auto-startup=false")
                .run(context -> {
                    assertThat(context.getBean(MelinNode.class).state().state())
                            .isEqualTo(NodeState.STARTING);
                    assertThat(directory).isEmptyDirectory();
                });
    }
}
