package io.melin.spring.boot.autoconfigure;

import java.lang.reflect.WildcardType;
import java.util.ArrayList;
import java.util.List;
import org.springframework.beans.factory.FactoryBean;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.ResolvableType;

/** What can be told of a bean's generic type before the bean exists. */
public final class BeanTypes {
    private BeanTypes() {}

    /** What is known about the bean's type, the most telling first. */
    public static List<ResolvableType> candidates(
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

    /** Whether a type argument is missing, a wildcard or an unbound variable. */
    public static boolean isOpen(ResolvableType type) {
        if (type == ResolvableType.NONE || type.hasUnresolvableGenerics()) {
            return true;
        }
        for (ResolvableType argument : type.getGenerics()) {
            if (argument.getType() instanceof WildcardType || argument.resolve() == null) {
                return true;
            }
        }
        return false;
    }

    /** The same type in terms of classes alone, so that other libraries can read it. */
    public static ResolvableType closed(ResolvableType type) {
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

    /** Name and, if it is known, origin. */
    static String describe(ConfigurableListableBeanFactory beans, String name) {
        String origin =
                beans.containsBeanDefinition(name)
                        ? beans.getBeanDefinition(name).getResourceDescription()
                        : null;
        return origin == null ? "'" + name + "'" : "'" + name + "' (" + origin + ")";
    }
}
