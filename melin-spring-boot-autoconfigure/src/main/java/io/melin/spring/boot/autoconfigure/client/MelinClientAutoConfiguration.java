package io.melin.spring.boot.autoconfigure.client;

import io.melin.client.ClientConfig;
import io.melin.client.ClientProtocol;
import io.melin.client.MelinClient;
import io.melin.client.netty.NettyClient;
import io.melin.spring.boot.autoconfigure.MelinAutoConfiguration;
import io.melin.spring.boot.autoconfigure.OnClientServers;
import io.melin.spring.boot.autoconfigure.ssl.BundleTls;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.util.StringUtils;

/**
 * A client of a gateway elsewhere, once {@code melin.client.servers} is set and a {@link
 * ClientProtocol} says what it speaks. Needs no application. Connects in the background and is
 * closed with the context.
 */
@AutoConfiguration(after = MelinAutoConfiguration.class)
@Conditional(OnClientServers.class)
@ConditionalOnClass(name = "io.netty.handler.ssl.SslHandler")
@ConditionalOnBean(ClientProtocol.class)
@EnableConfigurationProperties(MelinClientProperties.class)
public final class MelinClientAutoConfiguration {

    @Bean
    static ClientTypesPostProcessor melinClientTypesPostProcessor() {
        return new ClientTypesPostProcessor("melinClient");
    }

    @Bean
    @ConditionalOnMissingBean
    ClientConfig melinClientConfig(
            MelinClientProperties client, ObjectProvider<SslBundles> bundles) {
        String bundle = client.ssl().bundle();
        return ClientConfigs.of(
                client,
                StringUtils.hasText(bundle)
                        ? BundleTls.client(ClientConfigs.BUNDLE, bundle, bundles.getObject())
                        : null);
    }

    @Bean
    @ConditionalOnMissingBean
    MelinClient<?, ?> melinClient(ClientConfig config, ClientProtocol<?, ?> protocol) {
        return NettyClient.open(config, protocol);
    }
}
