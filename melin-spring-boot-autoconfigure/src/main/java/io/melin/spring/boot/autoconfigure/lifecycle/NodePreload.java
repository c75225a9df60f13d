package io.melin.spring.boot.autoconfigure.lifecycle;

import io.melin.node.NodePorts;
import io.melin.spring.boot.autoconfigure.codec.JacksonCodec;
import io.melin.spring.boot.autoconfigure.gateway.OnGatewayPort;
import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.util.ClassUtils;

/**
 * Loads libraries that a node needs, on a thread of its own, while the application starts: the
 * node's own start would wait for them. Once in a JVM; not on one core, nor where Spring Boot is
 * told not to do such a thing (system property {@value #IGNORE}).
 *
 * <p>It promises nothing: what is not loaded by the time it is needed is loaded then, and what
 * cannot be loaded fails there, with its reason.
 */
public final class NodePreload implements ApplicationListener<ApplicationEnvironmentPreparedEvent> {
    private static final AtomicBoolean IS_STARTED = new AtomicBoolean();
    private static final String IGNORE = "spring.backgroundpreinitializer.ignore";
    private static final String JACKSON = "tools.jackson.databind.json.JsonMapper";

    /** Like events and reports. */
    record Sample(long number, String text) {}

    @Override
    public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
        boolean hasGateway = OnGatewayPort.isSet(event.getEnvironment());
        if (isWanted() && IS_STARTED.compareAndSet(false, true)) {
            Thread thread = new Thread(() -> load(hasGateway), "melin-preload");
            thread.setDaemon(true);
            thread.start();
        }
    }

    private static boolean isWanted() {
        return Runtime.getRuntime().availableProcessors() > 1 && !Boolean.getBoolean(IGNORE);
    }

    static void load(boolean hasGateway) {
        try {
            if (ClassUtils.isPresent(JACKSON, NodePreload.class.getClassLoader())) {
                new JacksonCodec<>(Sample.class);
            }
            NodePorts.load(hasGateway);
        } catch (RuntimeException | LinkageError e) {
            // Asked for here, since the application sets up its log while this class is loaded.
            System.getLogger(NodePreload.class.getName())
                    .log(System.Logger.Level.DEBUG, "not loaded ahead: who needs it says so", e);
        }
    }
}
