package io.melin.spring.boot.autoconfigure;

import io.melin.app.Application;
import io.melin.app.Codec;
import io.melin.journaled.JournaledApplication;
import io.melin.node.MelinConfig;
import io.melin.node.MelinNode;
import io.melin.node.NodePorts;
import io.melin.spring.boot.autoconfigure.diagnostics.ProxiedApplicationException;
import io.melin.warmup.Rehearsal;
import java.util.Arrays;
import java.util.List;
import org.springframework.aop.framework.Advised;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/**
 * Puts a node together from the beans of a context. Looks beans up by name and type, since nobody
 * else may be given the application.
 */
final class NodeAssembly {
    private final ConfigurableListableBeanFactory beans;
    private final ApplicationTypes types;
    private final CodecBeans codecs;

    NodeAssembly(ConfigurableListableBeanFactory beans, ApplicationTypes types, CodecBeans codecs) {
        this.beans = beans;
        this.types = types;
        this.codecs = codecs;
    }

    /** What a bean of open types cannot say: that application and codecs belong together. */
    @SuppressWarnings("unchecked")
    private JournaledApplication.Program<Object, Object> program() {
        return new JournaledApplication.Program<>(
                (Application<Object, Object>) application(),
                (Codec<Object>) codecs.codec(types.event()),
                (Codec<Object>) codecs.codec(types.report()));
    }

    MelinNode<?, ?> node(MelinConfig config, NodePorts ports) {
        return MelinNode.create(program(), config, ports);
    }

    Rehearsal<Object, ?> rehearsal(MelinConfig config, NodePorts ports, Rehearsal.Limits limits) {
        return new Rehearsal<>(program(), config, ports, limits);
    }

    private Application<?, ?> application() {
        Application<?, ?> application = beans.getBean(types.beanName(), Application.class);
        if (AopUtils.isAopProxy(application) && application instanceof Advised advised) {
            List<String> advice =
                    Arrays.stream(advised.getAdvisors())
                            .map(advisor -> advisor.getAdvice().getClass().getSimpleName())
                            .toList();
            throw new ProxiedApplicationException(types.beanName(), advice);
        }
        return application;
    }
}
