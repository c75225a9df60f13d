package io.melin.spring.boot.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.melin.app.Application;
import io.melin.app.EventContext;
import io.melin.app.Reports;
import io.melin.app.SnapshotReader;
import io.melin.app.SnapshotWriter;
import io.melin.spring.boot.autoconfigure.diagnostics.SeveralApplicationsException;
import io.melin.spring.boot.autoconfigure.diagnostics.UnresolvableApplicationException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.FactoryBean;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

class ApplicationTypesTest {

    /** Looks at the moment at which the auto-configuration does: no bean exists yet. */
    static final class Finder implements BeanFactoryPostProcessor {
        private @Nullable ApplicationTypes found;

        @Override
        public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
            found = ApplicationTypes.find(beans);
        }
    }

    private static ApplicationTypes typesOf(Class<?>... components) {
        try (AnnotationConfigApplicationContext context =
                new AnnotationConfigApplicationContext()) {
            Finder finder = new Finder();
            context.registerBean(Finder.class, () -> finder);
            context.register(components);
            context.refresh();
            return Objects.requireNonNull(finder.found);
        }
    }

    private static void assertCounter(ApplicationTypes types) {
        assertThat(types.event().getType()).isEqualTo(Counter.Event.class);
        assertThat(types.report().getType()).isEqualTo(Counter.Report.class);
    }

    static class Generic<A, B> implements Application<B, A> {
        @Override
        public void apply(B event, EventContext context, Reports<A> reports) {}

        @Override
        public Application<B, A> fresh() {
            return new Generic<>();
        }

        @Override
        public void snapshot(SnapshotWriter out) {}

        @Override
        public void restore(SnapshotReader in, int version) {}
    }

    static class Bound<X extends Counter.Event> extends Generic<Counter.Report, X> {}

    static class Closed extends Bound<Counter.Event> {}

    @Configuration(proxyBeanMethods = false)
    static class Interface {
        @Bean
        Application<Counter.Event, Counter.Report> application() {
            return new Counter();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class VariableOfBeanMethod {
        @Bean
        Bound<Counter.Event> application() {
            return new Bound<>();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class NestedGenerics {
        @Bean
        Generic<List<Counter.Report>, Counter.Event> application() {
            return new Generic<>();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Wildcards {
        @Bean
        Application<?, ?> application() {
            return new Generic<Counter.Report, Counter.Event>();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class HalfOpen {
        @Bean
        Application<? extends Counter.Event, Counter.Report> application() {
            return new Counter();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @SuppressWarnings("rawtypes")
    static class Raw {
        @Bean
        Application application() {
            return new Generic();
        }
    }

    static class CounterFactory implements FactoryBean<Counter> {
        @Override
        public Counter getObject() {
            return new Counter();
        }

        @Override
        public Class<?> getObjectType() {
            return Counter.class;
        }
    }

    static class GenericFactory implements FactoryBean<Generic<Counter.Report, Counter.Event>> {
        @Override
        public Generic<Counter.Report, Counter.Event> getObject() {
            return new Generic<>();
        }

        @Override
        public Class<?> getObjectType() {
            return Generic.class;
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Two {
        @Bean
        Counter first() {
            return new Counter();
        }

        @Bean
        Counter second() {
            return new Counter();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class OneAside {
        @Bean
        Counter first() {
            return new Counter();
        }

        @Bean(autowireCandidate = false)
        Generic<String, String> second() {
            return new Generic<>();
        }
    }

    @Test
    void readsTheClassHierarchy() {
        assertCounter(typesOf(Counter.class));
        assertCounter(typesOf(Closed.class));
    }

    @Test
    void readsTheReturnTypeOfABeanMethod() {
        assertCounter(typesOf(Interface.class));
        assertCounter(typesOf(VariableOfBeanMethod.class));
    }

    @Test
    void readsTheProductOfAFactoryBean() {
        assertCounter(typesOf(CounterFactory.class));
        assertCounter(typesOf(GenericFactory.class));
    }

    @Test
    void readsASingletonThatHasNoDefinition() {
        try (AnnotationConfigApplicationContext context =
                new AnnotationConfigApplicationContext()) {
            context.getBeanFactory().registerSingleton("counter", new Counter());
            context.refresh();

            assertCounter(ApplicationTypes.find(context.getBeanFactory()));
        }
    }

    @Test
    void keepsNestedTypeArguments() {
        assertThat(typesOf(NestedGenerics.class).report().getType().getTypeName())
                .isEqualTo("java.util.List<" + Counter.Report.class.getName() + ">");
    }

    @Test
    void refusesOpenTypesAndNamesTheBean() {
        for (Class<?> open : List.of(Wildcards.class, HalfOpen.class, Raw.class, Bound.class)) {
            assertThatThrownBy(() -> typesOf(open))
                    .as(open.getSimpleName())
                    .isInstanceOf(UnresolvableApplicationException.class)
                    .hasMessageContaining(open == Bound.class ? "Bound" : "'application'");
        }
    }

    @Test
    void refusesTwoAndNamesBoth() {
        assertThatThrownBy(() -> typesOf(Two.class))
                .isInstanceOf(SeveralApplicationsException.class)
                .hasMessageContaining("'first'")
                .hasMessageContaining("'second'");
    }

    @Test
    void overlooksBeansThatAreNoCandidates() {
        assertThat(typesOf(OneAside.class).beanName()).isEqualTo("first");
    }
}
