package io.melin.spring.boot.autoconfigure;

import io.melin.app.Application;
import io.melin.spring.boot.autoconfigure.diagnostics.SeveralApplicationsException;
import io.melin.spring.boot.autoconfigure.diagnostics.UnresolvableApplicationException;
import java.lang.reflect.WildcardType;
import java.util.ArrayList;
import java.util.List;
import org.springframework.beans.factory.FactoryBean;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.ResolvableType;

/**
 * The one {@link Application} bean and what it is made of; every related bean carries these types.
 *
 * @param beanName the bean
 * @param event its event type, without open variables or wildcards
 * @param report its report type, likewise
 */
record ApplicationTypes(String beanName, ResolvableType event, ResolvableType report) {
    static final String BEAN_NAME = "melinApplicationTypes";

    /**
     * Finds the bean and its types without creating it.
     *
     * @throws SeveralApplicationsException if there is a choice
     * @throws UnresolvableApplicationException if a type is left open
     */
    static ApplicationTypes find(ConfigurableListableBeanFactory beans) {
        List<String> names = new ArrayList<>();
        for (String name : beans.getBeanNamesForType(Application.class, true, false)) {
            if (isCandidate(beans, name)) {
                names.add(name);
            }
        }
        if (names.size() != 1) {
            throw new SeveralApplicationsException(
                    names.stream().map(name -> describe(beans, name)).toList());
        }
        return of(beans, names.get(0));
    }

    private static boolean isCandidate(ConfigurableListableBeanFactory beans, String name) {
        return !beans.containsBeanDefinition(name)
                || beans.getMergedBeanDefinition(name).isAutowireCandidate();
    }

    private static ApplicationTypes of(ConfigurableListableBeanFactory beans, String name) {
        ResolvableType declared = ResolvableType.NONE;
        for (ResolvableType candidate : candidates(beans, name)) {
            ResolvableType application = candidate.as(Application.class);
            if (application == ResolvableType.NONE) {
                continue;
            }
            declared = candidate;
            ResolvableType event = application.getGeneric(0);
            ResolvableType report = application.getGeneric(1);
            boolean open = application.hasUnresolvableGenerics();
            if (!open && !isWildcard(event) && !isWildcard(report)) {
                return new ApplicationTypes(name, closed(event), closed(report));
            }
        }
        throw new UnresolvableApplicationException(describe(beans, name), declared.toString());
    }

    /** What is known about the bean's type, the most telling first. */
    private static List<ResolvableType> candidates(
            ConfigurableListableBeanFactory beans, String name) {
        List<ResolvableType> found = new ArrayList<>();
        if (beans.containsBeanDefinition(name)) {
            BeanDefinition definition = beans.getMergedBeanDefinition(name);
            ResolvableType declared = definition.getResolvableType();
            found.add(declared);
            found.add(declared.as(FactoryBean.class).getGeneric(0));
            Object product = definition.getAttribute(FactoryBean.OBJECT_TYPE_ATTRIBUTE);
            if (product instanceof ResolvableType type) {
                found.add(type);
            }
        }
        Class<?> type = beans.getType(name, false);
        if (type != null) {
            found.add(ResolvableType.forClass(type));
        }
        return found;
    }

    private static boolean isWildcard(ResolvableType type) {
        return type.getType() instanceof WildcardType || type.resolve() == null;
    }

    /** The same type in terms of classes alone, so that other libraries can read it. */
    private static ResolvableType closed(ResolvableType type) {
        Class<?> raw = type.resolve(Object.class);
        if (raw.isArray() || !type.hasGenerics()) {
            return ResolvableType.forClass(raw);
        }
        ResolvableType[] generics = type.getGenerics();
        for (int index = 0; index < generics.length; index++) {
            generics[index] = closed(generics[index]);
        }
        return ResolvableType.forClassWithGenerics(raw, generics);
    }

    static String describe(ConfigurableListableBeanFactory beans, String name) {
        String origin =
                beans.containsBeanDefinition(name)
                        ? beans.getBeanDefinition(name).getResourceDescription()
                        : null;
        return origin == null ? "'" + name + "'" : "'" + name + "' (" + origin + ")";
    }

    @Override
    public String toString() {
        return "Application<" + event + ", " + report + ">";
    }
}
