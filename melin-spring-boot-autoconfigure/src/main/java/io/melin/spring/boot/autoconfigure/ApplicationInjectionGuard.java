package io.melin.spring.boot.autoconfigure;

import io.melin.node.MelinNode;
import io.melin.spring.boot.autoconfigure.diagnostics.InjectedApplicationException;
import java.util.Arrays;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/**
 * Refuses every bean that was given the application: a controller that reads its state is the
 * newcomer's race, and the prototype that it would read never changes.
 *
 * <p>Injection by constructor, field, setter or bean method is found; whoever asks the bean
 * factory, or an {@code ObjectProvider}, is taken to know what they do.
 */
final class ApplicationInjectionGuard implements BeanPostProcessor {
    private final ConfigurableListableBeanFactory beans;
    private final ApplicationTypes types;

    ApplicationInjectionGuard(ConfigurableListableBeanFactory beans, ApplicationTypes types) {
        this.beans = beans;
        this.types = types;
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String beanName) {
        if (bean instanceof MelinNode) {
            return bean; // a node that the user builds has to be given its application
        }
        String application = types.beanName();
        boolean depends =
                Arrays.asList(beans.getDependenciesForBean(beanName)).contains(application);
        if (depends && !isOnlyOrdered(beanName, application)) {
            throw new InjectedApplicationException(application, beanName);
        }
        return bean;
    }

    /** A {@code @DependsOn} is kept in the same place as an injection, and is none. */
    private boolean isOnlyOrdered(String beanName, String application) {
        if (!beans.containsBeanDefinition(beanName)) {
            return false;
        }
        String[] before = beans.getMergedBeanDefinition(beanName).getDependsOn();
        return before != null && Arrays.asList(before).contains(application);
    }
}
