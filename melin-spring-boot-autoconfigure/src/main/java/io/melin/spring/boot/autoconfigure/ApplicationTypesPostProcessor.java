package io.melin.spring.boot.autoconfigure;

import io.melin.client.CodecProtocol;
import io.melin.node.MelinNode;
import org.springframework.beans.factory.annotation.AnnotatedBeanDefinition;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.core.ResolvableType;
import org.springframework.core.type.MethodMetadata;

/**
 * Resolves the application's types once, before any bean exists, and gives them to the beans of the
 * auto-configuration: its methods can only say {@code MelinTemplate<?, ?>}.
 */
final class ApplicationTypesPostProcessor implements BeanFactoryPostProcessor {
    static final String TYPES_BEAN = "melinApplicationTypes";

    @Override
    public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
        ApplicationTypes types = ApplicationTypes.find(beans);
        beans.registerSingleton(TYPES_BEAN, types);
        close(beans, MelinNode.class, types);
        close(beans, MelinTemplate.class, types);
        close(beans, CodecProtocol.class, types);
    }

    private static void close(
            ConfigurableListableBeanFactory beans, Class<?> type, ApplicationTypes types) {
        for (String name : beans.getBeanNamesForType(type, true, false)) {
            BeanDefinition definition = beans.getBeanDefinition(name);
            if (definition instanceof RootBeanDefinition ours && isOurs(definition)) {
                ours.setTargetType(
                        ResolvableType.forClassWithGenerics(type, types.event(), types.report()));
            }
        }
    }

    private static boolean isOurs(BeanDefinition definition) {
        if (!(definition instanceof AnnotatedBeanDefinition annotated)) {
            return false;
        }
        MethodMetadata method = annotated.getFactoryMethodMetadata();
        return method != null
                && method.getDeclaringClassName()
                        .startsWith(MelinAutoConfiguration.class.getName());
    }
}
