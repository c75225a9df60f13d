package io.melin.spring.boot.autoconfigure.client;

import io.melin.client.ClientProtocol;
import io.melin.client.MelinClient;
import io.melin.spring.boot.autoconfigure.BeanTypes;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.core.ResolvableType;

/**
 * Gives the client's bean the types of its protocol, so that no client of other types is injected
 * in its stead. Where they cannot be told the client fits everywhere.
 */
final class ClientTypesPostProcessor implements BeanFactoryPostProcessor {
    private final String clientBean;

    ClientTypesPostProcessor(String clientBean) {
        this.clientBean = clientBean;
    }

    @Override
    public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
        List<String> protocols =
                Stream.of(beans.getBeanNamesForType(ClientProtocol.class, true, false)).toList();
        if (protocols.size() == 1 && beans.containsBeanDefinition(clientBean)) {
            BeanDefinition definition = beans.getBeanDefinition(clientBean);
            if (definition instanceof RootBeanDefinition ours) {
                close(ours, BeanTypes.candidates(beans, protocols.get(0)));
            }
        }
    }

    private static void close(RootBeanDefinition client, List<ResolvableType> candidates) {
        for (ResolvableType candidate : candidates) {
            ResolvableType protocol = candidate.as(ClientProtocol.class);
            if (!BeanTypes.isOpen(protocol)) {
                client.setTargetType(
                        ResolvableType.forClassWithGenerics(
                                MelinClient.class,
                                BeanTypes.closed(protocol.getGeneric(0)),
                                BeanTypes.closed(protocol.getGeneric(1))));
                return;
            }
        }
    }
}
