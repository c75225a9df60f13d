package io.melin.spring.boot.autoconfigure;

import io.melin.app.Application;
import io.melin.app.MelinOperations;
import io.melin.app.WarmUp;
import io.melin.client.ClientProtocol;
import io.melin.client.CodecProtocol;
import io.melin.node.GatewaySetup;
import io.melin.node.MelinConfig;
import io.melin.node.MelinNode;
import io.melin.node.NodePorts;
import io.melin.spring.boot.autoconfigure.codec.DefaultCodecs;
import io.melin.spring.boot.autoconfigure.codec.MelinJacksonAutoConfiguration;
import io.melin.spring.boot.autoconfigure.diagnostics.PropertyCheck;
import io.melin.warmup.Rehearsal;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.SearchStrategy;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * A node and its template around the one {@link Application} bean of this context. Without such a
 * bean nothing happens.
 */
@AutoConfiguration(after = MelinJacksonAutoConfiguration.class)
@ConditionalOnBean(value = Application.class, search = SearchStrategy.CURRENT)
@EnableConfigurationProperties({
    MelinProperties.class,
    MelinFailureProperties.class,
    MelinSnapshotProperties.class,
    MelinTemplateProperties.class,
    MelinTraceProperties.class,
    MelinWarmUpProperties.class
})
public final class MelinAutoConfiguration {

    @Bean
    static ApplicationTypesPostProcessor melinApplicationTypesPostProcessor() {
        return new ApplicationTypesPostProcessor();
    }

    @Bean
    static ApplicationInjectionGuard melinApplicationInjectionGuard(
            ConfigurableListableBeanFactory beans, ApplicationTypes types) {
        return new ApplicationInjectionGuard(beans, types);
    }

    @Bean
    @ConditionalOnMissingBean
    MelinConfig melinConfig(
            MelinProperties node,
            MelinSnapshotProperties snapshot,
            MelinTraceProperties trace,
            MelinFailureProperties failure,
            ObjectProvider<GatewaySetup> gateway) {
        return NodeConfigs.of(node, snapshot, trace, failure).withGateway(gateway.getIfAvailable());
    }

    @Bean
    @ConditionalOnMissingBean
    NodePorts melinNodePorts() {
        return NodePorts.system();
    }

    @Bean
    @ConditionalOnMissingBean
    MelinNode<?, ?> melinNode(
            ConfigurableListableBeanFactory beans,
            ApplicationTypes types,
            ObjectProvider<DefaultCodecs> codecs) {
        return new NodeAssembly(beans, types, new CodecBeans(beans, codecs))
                .node(beans.getBean(MelinConfig.class), beans.getBean(NodePorts.class));
    }

    /** Only where the context has events for it. */
    @Bean
    @ConditionalOnBean(WarmUp.class)
    @SuppressWarnings("unchecked")
    NodeWarmUp melinNodeWarmUp(
            ConfigurableListableBeanFactory beans,
            ApplicationTypes types,
            ObjectProvider<DefaultCodecs> codecs,
            MelinWarmUpProperties properties) {
        Rehearsal<Object, ?> rehearsal =
                new NodeAssembly(beans, types, new CodecBeans(beans, codecs))
                        .rehearsal(
                                beans.getBean(MelinConfig.class),
                                beans.getBean(NodePorts.class),
                                NodeConfigs.limits(properties));
        return new NodeWarmUp(rehearsal, (WarmUp<Object>) beans.getBean(WarmUp.class));
    }

    @Bean
    @ConditionalOnMissingBean(MelinOperations.class)
    MelinTemplate<?, ?> melinTemplate(
            MelinNode<?, ?> node,
            MelinTemplateProperties properties,
            ObjectProvider<SubmitGuard> guard) {
        return new MelinTemplate<>(
                node.operations(),
                PropertyCheck.notNegative("melin.template.timeout", properties.timeout()),
                guard.getIfAvailable(() -> SubmitGuard.NONE));
    }

    /** What a client in this context speaks, unless the user says otherwise: events and reports. */
    @Configuration(proxyBeanMethods = false)
    @Conditional(OnClientServers.class)
    static class ClientConfiguration {

        @Bean
        @ConditionalOnMissingBean(ClientProtocol.class)
        CodecProtocol<?, ?> melinClientProtocol(
                ConfigurableListableBeanFactory beans,
                ApplicationTypes types,
                ObjectProvider<DefaultCodecs> defaults) {
            CodecBeans codecs = new CodecBeans(beans, defaults);
            return new CodecProtocol<>(codecs.codec(types.event()), codecs.codec(types.report()))
                    .fresh();
        }
    }

    /** Looks for transactions where there can be some. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(TransactionSynchronizationManager.class)
    static class TransactionConfiguration {

        @Bean
        SubmitGuard melinSubmitGuard(MelinTemplateProperties properties) {
            return switch (properties.inTransaction()) {
                case ALLOW -> SubmitGuard.NONE;
                case WARN, REJECT ->
                        new TransactionGuard(
                                TransactionSynchronizationManager::isActualTransactionActive,
                                properties.inTransaction() == InTransaction.REJECT);
            };
        }
    }
}
