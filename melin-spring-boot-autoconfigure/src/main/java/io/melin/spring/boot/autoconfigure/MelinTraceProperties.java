package io.melin.spring.boot.autoconfigure;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Latency trace of sampled events.
 *
 * @param sampleEvery One event in this many is traced through all stages. Power of two. Zero
 *     switches the trace off.
 * @param keepLast Number of the last traces that the endpoint 'melintraces' shows.
 * @param keepSlowest Number of the slowest traces that the endpoint 'melintraces' shows.
 */
@ConfigurationProperties("melin.trace")
public record MelinTraceProperties(
        @DefaultValue("64") int sampleEvery,
        @DefaultValue("128") int keepLast,
        @DefaultValue("32") int keepSlowest) {}
