package io.melin.spring.boot.autoconfigure;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How a service talks to its node.
 *
 * @param timeout How long a future waits for its answer before the outcome counts as unknown. Zero
 *     waits without a limit.
 * @param inTransaction What becomes of a submit inside an active Spring transaction, which a
 *     rollback would not take back.
 */
@ConfigurationProperties("melin.template")
public record MelinTemplateProperties(
        @DefaultValue("30s") Duration timeout, @DefaultValue("warn") InTransaction inTransaction) {}
