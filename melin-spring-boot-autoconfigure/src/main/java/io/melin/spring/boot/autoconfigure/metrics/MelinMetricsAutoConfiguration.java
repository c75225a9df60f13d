package io.melin.spring.boot.autoconfigure.metrics;

import io.melin.node.MelinNode;
import io.melin.node.NodePorts;
import io.melin.spring.boot.autoconfigure.MelinAutoConfiguration;
import io.melin.spring.boot.autoconfigure.MelinProperties;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** Binds the node's meters to whatever registry there is. */
@AutoConfiguration(
        after = {MelinAutoConfiguration.class, MelinPrometheusAutoConfiguration.class},
        afterName =
                "org.springframework.boot.micrometer.metrics.autoconfigure."
                        + "CompositeMeterRegistryAutoConfiguration")
@ConditionalOnClass(MeterBinder.class)
@ConditionalOnBean({MelinNode.class, MeterRegistry.class})
public final class MelinMetricsAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    MelinMeterBinder melinMeterBinder(
            MelinNode<?, ?> node, NodePorts ports, MelinProperties properties) {
        return new MelinMeterBinder(node, ports.time(), properties.name());
    }

    @Bean
    @ConditionalOnMissingBean(type = "io.melin.spring.boot.autoconfigure.metrics.LatencyCollector")
    LatencyGaugeBinder melinLatencyGaugeBinder(
            MelinNode<?, ?> node, NodePorts ports, MelinProperties properties) {
        return new LatencyGaugeBinder(LatencyViews.of(node), ports.time(), properties.name());
    }
}
