package io.melin.spring.boot.autoconfigure.lifecycle;

import static io.melin.spring.boot.autoconfigure.diagnostics.PropertyCheck.notNegative;

import io.melin.node.MelinNode;
import io.melin.spring.boot.autoconfigure.MelinAutoConfiguration;
import io.melin.spring.boot.autoconfigure.MelinFailureProperties;
import io.melin.spring.boot.autoconfigure.MelinFailureProperties.Action;
import io.melin.spring.boot.autoconfigure.MelinProperties;
import io.melin.spring.boot.autoconfigure.MelinShutdownProperties;
import io.melin.spring.boot.autoconfigure.NodeWarmUp;
import java.io.File;
import java.time.Duration;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.system.ApplicationHome;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;

/** Runs the node with its context, reports its availability, and ends a process that has failed. */
@AutoConfiguration(after = MelinAutoConfiguration.class)
@ConditionalOnBean(MelinNode.class)
@EnableConfigurationProperties(MelinShutdownProperties.class)
public final class MelinLifecycleAutoConfiguration {
    private static final Log LOG = LogFactory.getLog(MelinLifecycleAutoConfiguration.class);
    private static final String PHASE_TIMEOUT = "spring.lifecycle.timeout-per-shutdown-phase";

    private static final Duration PHASE_DEFAULT = Duration.ofSeconds(30);

    /** What closing a context takes besides the drain. */
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(30);

    @Bean
    ControlThread melinControlThread() {
        return new ControlThread();
    }

    /**
     * Created behind the bean that probes ask, and so told of each event after it: else our answer
     * to Boot's ACCEPTING could be heard there before the ACCEPTING itself (A1 of the reporter).
     */
    @Bean
    AvailabilityReporter melinAvailabilityReporter(
            MelinNode<?, ?> node,
            ApplicationContext context,
            ControlThread control,
            ObjectProvider<ApplicationAvailability> heardFirst) {
        heardFirst.getIfAvailable();
        return new AvailabilityReporter(node.state(), context, control);
    }

    @Bean
    MelinLifecycle melinLifecycle(
            MelinNode<?, ?> node,
            AvailabilityReporter availability,
            MelinProperties properties,
            MelinShutdownProperties shutdown,
            ObjectProvider<NodeWarmUp> warmUp) {
        Duration drainTimeout =
                notNegative("melin.shutdown.drain-timeout", shutdown.drainTimeout());
        return new MelinLifecycle(
                new MelinLifecycle.Config(properties.autoStartup(), drainTimeout),
                node,
                availability,
                warmUp.getIfAvailable());
    }

    /** Not lazy: nobody asks for it. */
    @Bean
    @Lazy(false)
    FailureExit melinFailureExit(
            MelinNode<?, ?> node,
            MelinFailureProperties failure,
            MelinShutdownProperties shutdown,
            ApplicationContext context) {
        ProcessExit process =
                context.getBeanProvider(ProcessExit.class)
                        .getIfAvailable(() -> new SpringProcessExit(context));
        warnOfShortPhase(shutdown.drainTimeout(), context.getEnvironment());
        FailureExit exit =
                new FailureExit(
                        new FailureExit.Config(
                                notNegative("melin.failure.exit-delay", failure.exitDelay()),
                                shutdown.drainTimeout().plus(CLOSE_PATIENCE)),
                        process);
        if (action(failure, context) == Action.EXIT) {
            node.state().onChange(exit);
        }
        return exit;
    }

    /** In an IDE or a test, where classes come from a directory, the process is not ours to end. */
    private static Action action(MelinFailureProperties failure, ApplicationContext context) {
        Action wished = failure.action();
        if (wished != null) {
            return wished;
        }
        File source = home(context).getSource();
        return source != null && source.isFile() ? Action.EXIT : Action.STOP;
    }

    /** By the application's class where it can be told: an extracted jar names it nowhere else. */
    private static ApplicationHome home(ApplicationContext context) {
        for (String name : context.getBeanNamesForAnnotation(SpringBootConfiguration.class)) {
            Class<?> type = context.getType(name, false);
            if (type != null) {
                return new ApplicationHome(ClassUtils.getUserClass(type));
            }
        }
        return new ApplicationHome();
    }

    private static void warnOfShortPhase(Duration drainTimeout, Environment environment) {
        Duration phase =
                Binder.get(environment).bind(PHASE_TIMEOUT, Duration.class).orElse(PHASE_DEFAULT);
        if (drainTimeout.compareTo(phase) >= 0) {
            LOG.warn(
                    "the context gives up before the drain does: melin.shutdown.drain-timeout="
                            + drainTimeout
                            + ", "
                            + PHASE_TIMEOUT
                            + "="
                            + phase
                            + "; shorten the first or lengthen the second");
        }
    }
}
