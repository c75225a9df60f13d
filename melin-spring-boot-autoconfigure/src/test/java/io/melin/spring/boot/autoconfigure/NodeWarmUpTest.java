package io.melin.spring.boot.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.melin.app.EventId;
import io.melin.app.MelinResult;
import io.melin.app.WarmUp;
import io.melin.spring.boot.autoconfigure.codec.MelinJacksonAutoConfiguration;
import io.melin.spring.boot.autoconfigure.lifecycle.MelinLifecycleAutoConfiguration;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** A {@link WarmUp} bean in a context. */
class NodeWarmUpTest {
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
    static class Warm {
        private final AtomicLong asked = new AtomicLong();

        @Bean
        WarmUp<Counter.Event> warmUp() {
            return index -> new Counter.Event.Add(asked.incrementAndGet());
        }
    }

    @Test
    void rehearsesOnceBeforeItServesAndLeavesNoTrace() {
        runner.withUserConfiguration(
                        MelinAutoConfigurationTest.CounterConfiguration.class,
                        Warm.class,
                        MelinAutoConfigurationTest.Service.class)
                .withPropertyValues("melin.warm-up.time-max=100ms")
                .run(context -> {
                    AtomicLong asked = context.getBean(Warm.class).asked;
                    long rehearsed = asked.get();
                    assertThat(rehearsed).isPositive();
                    MelinResult<Counter.Report> first =
                            context.getBean(MelinAutoConfigurationTest.Service.class)
                                    .add(5, EventId.none());
                    assertThat(first.sequence()).isEqualTo(1);
                    assertThat(first.reports()).containsExactly(new Counter.Report(5));

                    SmartLifecycle lifecycle = (SmartLifecycle) context.getBean("melinLifecycle");
                    lifecycle.stop();
                    lifecycle.start();
                    assertThat(asked).as("once").hasValue(rehearsed);
                });
    }

    @Configuration(proxyBeanMethods = false)
    static class BrokenWarmUp {
        @Bean
        WarmUp<Counter.Event> warmUp() {
            return index -> {
                throw new IllegalArgumentException("no such event: index=" + index);
            };
        }
    }

    @Test
    void saysThatTheWarmUpIsToBlame() {
        runner.withUserConfiguration(
                        MelinAutoConfigurationTest.CounterConfiguration.class, BrokenWarmUp.class)
                .run(context ->
                        assertThat(context)
                                .getFailure()
                                .rootCause()
                                .hasMessage("no such event: index=0"));
        runner.withUserConfiguration(
                        MelinAutoConfigurationTest.CounterConfiguration.class, BrokenWarmUp.class)
                .run(context ->
                        assertThat(context)
                                .getFailure()
                                .hasStackTraceContaining("mend the WarmUp bean"));
        assertThat(directory).isEmptyDirectory();
    }
}
