package io.melin.spring.boot.autoconfigure.gateway;

import io.melin.app.Application;
import io.melin.gateway.DefaultProtocol;
import io.melin.gateway.Protocol;
import io.melin.node.GatewaySetup;
import io.melin.spring.boot.autoconfigure.MelinAutoConfiguration;
import io.melin.spring.boot.autoconfigure.diagnostics.PropertyCheck;
import io.melin.spring.boot.autoconfigure.ssl.BundleTls;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.SearchStrategy;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.io.ResourceLoader;
import org.springframework.util.ClassUtils;
import org.springframework.util.StringUtils;

/** The node's door for clients on sockets, once {@code melin.gateway.port} is set. */
@AutoConfiguration(before = MelinAutoConfiguration.class)
@Conditional(OnGatewayPort.class)
@ConditionalOnBean(value = Application.class, search = SearchStrategy.CURRENT)
@EnableConfigurationProperties(MelinGatewayProperties.class)
public final class MelinGatewayAutoConfiguration {
    /** What the gateway needs of Netty: the one that an exclusion would leave out last. */
    private static final String NETTY = "io.netty.handler.ssl.SslHandler";

    @Bean
    @ConditionalOnMissingBean(Protocol.class)
    DefaultProtocol melinGatewayProtocol() {
        return new DefaultProtocol();
    }

    @Bean
    @ConditionalOnMissingBean
    GatewaySetup melinGatewaySetup(
            MelinGatewayProperties gateway,
            Protocol protocol,
            ObjectProvider<SslBundles> bundles,
            ResourceLoader resources) {
        PropertyCheck.check(
                ClassUtils.isPresent(NETTY, resources.getClassLoader()),
                GatewaySetups.PORT,
                String.valueOf(gateway.port()),
                "a gateway needs the library io.netty:netty-handler, which is not on the class"
                        + " path");
        return new GatewaySetup(
                GatewaySetups.config(gateway),
                protocol,
                GatewaySetups.keys(gateway),
                tls(gateway.ssl().bundle(), bundles));
    }

    private static @Nullable Supplier<SSLContext> tls(
            @Nullable String bundle, ObjectProvider<SslBundles> bundles) {
        return StringUtils.hasText(bundle)
                ? BundleTls.server(GatewaySetups.BUNDLE, bundle, bundles.getObject())
                : null;
    }
}
