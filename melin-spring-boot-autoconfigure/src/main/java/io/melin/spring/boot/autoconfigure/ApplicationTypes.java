package io.melin.spring.boot.autoconfigure;

import io.melin.app.Application;
import io.melin.spring.boot.autoconfigure.diagnostics.SeveralApplicationsException;
import io.melin.spring.boot.autoconfigure.diagnostics.UnresolvableApplicationException;
import java.util.ArrayList;
import java.util.List;
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
                    names.stream().map(name -> BeanTypes.describe(beans, name)).toList());
        }
        return of(beans, names.get(0));
    }

    private static boolean isCandidate(ConfigurableListableBeanFactory beans, String name) {
        return !beans.containsBeanDefinition(name)
                || beans.getMergedBeanDefinition(name).isAutowireCandidate();
    }

    private static ApplicationTypes of(ConfigurableListableBeanFactory beans, String name) {
        ResolvableType declared = ResolvableType.NONE;
        for (ResolvableType candidate : BeanTypes.candidates(beans, name)) {
            ResolvableType application = candidate.as(Application.class);
            if (application == ResolvableType.NONE) {
                continue;
            }
            declared = candidate;
            if (!BeanTypes.isOpen(application)) {
                return new ApplicationTypes(
                        name,
                        BeanTypes.closed(application.getGeneric(0)),
                        BeanTypes.closed(application.getGeneric(1)));
            }
        }
        throw new UnresolvableApplicationException(
                BeanTypes.describe(beans, name), declared.toString());
    }

    @Override
    public String toString() {
        return "Application<" + event + ", " + report + ">";
    }
}
