package io.melin.spring.boot.autoconfigure.metrics;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What is published besides the meters themselves.
 *
 * @param latencyBuckets Comma-separated list of upper bounds of the classic latency buckets in
 *     Prometheus. Native histograms do not need them.
 */
@ConfigurationProperties("melin.metrics")
public record MelinMetricsProperties(
        @DefaultValue({
                    "10us", "20us", "50us", "100us", "200us", "500us", "1ms", "2ms", "5ms", "10ms",
                    "20ms", "50ms", "100ms", "200ms", "500ms", "1s", "2s", "5s", "10s"
                })
                List<Duration> latencyBuckets) {}
