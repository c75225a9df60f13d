package io.melin.spring.boot.autoconfigure.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.melin.spring.boot.autoconfigure.Counter;
import io.melin.spring.boot.autoconfigure.MelinAutoConfiguration;
import io.melin.spring.boot.autoconfigure.SmallNode;
import io.melin.spring.boot.autoconfigure.codec.MelinJacksonAutoConfiguration;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.ApplicationAvailabilityBean;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** A1 of {@link AvailabilityReporter}, as the probes see it: they ask the availability's own bean. */
class LastWordTest {
    private static final long SLOWNESS_NS = TimeUnit.MILLISECONDS.toNanos(300);

    @TempDir private Path directory;

    @Test
    void refusesBehindBootsAcceptingHoweverSlowlyThatIsHeard() {
        try (ConfigurableApplicationContext context =
                new SpringApplicationBuilder(Service.class)
                        .web(WebApplicationType.NONE)
                        .properties("spring.main.banner-mode=off", "melin.auto-startup=false")
                        .properties(SmallNode.properties(directory))
                        .run()) {
            ApplicationAvailability availability = context.getBean(ApplicationAvailability.class);

            await().atMost(Duration.ofSeconds(10))
                    .untilAsserted(() ->
                            assertThat(availability.getReadinessState())
                                    .isEqualTo(ReadinessState.REFUSING_TRAFFIC));
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({
        MelinAutoConfiguration.class,
        MelinJacksonAutoConfiguration.class,
        MelinLifecycleAutoConfiguration.class,
        LateAvailability.class
    })
    static class Service {
        @Bean
        Counter counter() {
            return new Counter();
        }
    }

    /** Where Boot's own stands: behind ours. */
    @AutoConfiguration(after = MelinLifecycleAutoConfiguration.class)
    static class LateAvailability {
        @Bean
        ApplicationAvailabilityBean availability() {
            return new SlowAvailability();
        }
    }

    /** Hears of ACCEPTING later than the thread that answers it. */
    static final class SlowAvailability extends ApplicationAvailabilityBean {
        @Override
        public void onApplicationEvent(AvailabilityChangeEvent<?> event) {
            if (event.getState() == ReadinessState.ACCEPTING_TRAFFIC) {
                LockSupport.parkNanos(SLOWNESS_NS);
            }
            super.onApplicationEvent(event);
        }
    }
}
