package io.melin.spring.boot.autoconfigure.metrics;

import io.melin.node.MelinNode;
import io.melin.spring.boot.autoconfigure.MelinAutoConfiguration;
import io.melin.spring.boot.autoconfigure.MelinProperties;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;

/** Publishes latency histograms to the Prometheus registry, past Micrometer. */
@AutoConfiguration(
        after = MelinAutoConfiguration.class,
        afterName =
                "org.springframework.boot.micrometer.metrics.autoconfigure.export.prometheus."
                        + "PrometheusMetricsExportAutoConfiguration")
@ConditionalOnClass({PrometheusRegistry.class, MetricsProperties.class})
@ConditionalOnBean({MelinNode.class, PrometheusRegistry.class})
@EnableConfigurationProperties(MelinMetricsProperties.class)
public final class MelinPrometheusAutoConfiguration {

    /** Not lazy: it registers itself, and nobody else asks for it. */
    @Bean
    @Lazy(false)
    @ConditionalOnMissingBean
    LatencyCollector melinLatencyCollector(
            MelinNode<?, ?> node,
            PrometheusRegistry registry,
            MelinMetricsProperties properties,
            PublishedTags tags) {
        for (Duration edge : properties.latencyBuckets()) {
            if (edge.isZero() || edge.isNegative()) {
                throw new InvalidConfigurationPropertyValueException(
                        "melin.metrics.latency-buckets", edge, "must be above zero");
            }
        }
        return new LatencyCollector(
                LatencyViews.of(node), registry, tags.all(), properties.latencyBuckets());
    }

    @Bean
    PublishedTags melinPublishedTags(
            MelinProperties properties, ObjectProvider<MetricsProperties> metrics) {
        Map<String, String> tags = new LinkedHashMap<>();
        metrics.ifAvailable(configured -> tags.putAll(configured.getTags()));
        tags.put(MelinMeter.PIPELINE, properties.name());
        return new PublishedTags(tags);
    }

    /** Tags of every series. */
    record PublishedTags(Map<String, String> all) {}
}
