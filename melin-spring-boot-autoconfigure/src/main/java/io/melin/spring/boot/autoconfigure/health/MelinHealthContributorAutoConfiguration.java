package io.melin.spring.boot.autoconfigure.health;

import io.melin.node.MelinNode;
import io.melin.spring.boot.autoconfigure.MelinAutoConfiguration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

/** The health component {@code melin} with its parts {@code pipeline}, {@code journal} and
 * {@code snapshot}. */
@AutoConfiguration(after = MelinAutoConfiguration.class)
@ConditionalOnClass({HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class})
@ConditionalOnBean(MelinNode.class)
@ConditionalOnEnabledHealthIndicator("melin")
public final class MelinHealthContributorAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean(name = {"melinHealthIndicator", "melinHealthContributor"})
    CompositeHealthContributor melinHealthContributor(MelinNode<?, ?> node) {
        Map<String, HealthContributor> parts = new LinkedHashMap<>();
        parts.put("pipeline", new PipelineHealth(node));
        parts.put("journal", new JournalHealth(node));
        parts.put("snapshot", new SnapshotHealth(node));
        return CompositeHealthContributor.fromMap(parts);
    }
}
