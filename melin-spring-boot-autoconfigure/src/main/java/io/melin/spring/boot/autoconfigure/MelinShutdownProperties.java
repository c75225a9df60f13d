package io.melin.spring.boot.autoconfigure;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the node stops.
 *
 * @param drainTimeout How long a stop waits for requests that were taken. Keep it below
 *     'spring.lifecycle.timeout-per-shutdown-phase'.
 */
@ConfigurationProperties("melin.shutdown")
public record MelinShutdownProperties(@DefaultValue("20s") Duration drainTimeout) {}
