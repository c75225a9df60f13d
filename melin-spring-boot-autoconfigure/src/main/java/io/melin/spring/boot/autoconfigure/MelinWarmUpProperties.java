package io.melin.spring.boot.autoconfigure;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long a node rehearses the events of a {@link io.melin.app.WarmUp} bean before it serves.
 *
 * @param timeMax Time after which no more rounds of events begin. The node is ready later by
 *     some more.
 * @param rest Time without work after which the compiler counts as done.
 */
@ConfigurationProperties("melin.warm-up")
public record MelinWarmUpProperties(
        @DefaultValue("15s") Duration timeMax, @DefaultValue("2s") Duration rest) {}
