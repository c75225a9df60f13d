package io.melin.spring.boot.autoconfigure.endpoint;

import io.melin.node.MelinConfig;
import io.melin.node.MelinNode;
import io.melin.spring.boot.autoconfigure.MelinAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** The endpoints {@code melin} and {@code melintraces}, where they are exposed. */
@AutoConfiguration(after = MelinAutoConfiguration.class)
@ConditionalOnClass({Endpoint.class, ConditionalOnAvailableEndpoint.class})
@ConditionalOnBean(MelinNode.class)
public final class MelinEndpointAutoConfiguration {

    @Bean
    @ConditionalOnAvailableEndpoint
    @ConditionalOnMissingBean
    MelinEndpoint melinEndpoint(MelinNode<?, ?> node) {
        return new MelinEndpoint(node);
    }

    @Bean
    @ConditionalOnAvailableEndpoint
    @ConditionalOnMissingBean
    MelinTracesEndpoint melinTracesEndpoint(MelinNode<?, ?> node, MelinConfig config) {
        return new MelinTracesEndpoint(node, config.trace().sampleEvery());
    }
}
