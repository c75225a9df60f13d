package io.melin.spring.boot.autoconfigure;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Latency trace of sampled events.
 *
 * @param sampleEvery One event in this many is traced through all stages. Power of two. Zero switches
 *     the trace off.
 * @param keep Number of traces that the endpoint 'melintraces' shows, of the last and of the slowest
 *     ones each.
 */
@ConfigurationProperties("melin.trace")
public record MelinTraceProperties(
        @DefaultValue("64") int sampleEvery, @DefaultValue("32") int keep) {}
