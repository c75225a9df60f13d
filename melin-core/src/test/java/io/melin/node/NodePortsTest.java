package io.melin.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.lmax.disruptor.RingBuffer;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Objects;
import java.util.stream.Stream;
import org.jctools.queues.MessagePassingQueue;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

class NodePortsTest {

    /** An application that excludes Netty runs a node without a gateway. */
    @Test
    void portsOfTheMachineNeedNoNetworkLibrary() throws Exception {
        URL[] withoutNetty =
                Stream.of(
                                NodePorts.class,
                                RingBuffer.class,
                                MessagePassingQueue.class,
                                NullMarked.class)
                        .map(NodePortsTest::source)
                        .toArray(URL[]::new);
        try (URLClassLoader loader =
                new URLClassLoader(withoutNetty, ClassLoader.getPlatformClassLoader())) {
            assertThatExceptionOfType(ClassNotFoundException.class)
                    .isThrownBy(() -> loader.loadClass("io.netty.channel.Channel"));

            Class<?> ports = loader.loadClass(NodePorts.class.getName());

            assertThat(ports).isNotSameAs(NodePorts.class);
            assertThat(ports.getMethod("system").invoke(null)).isNotNull();
        }
    }

    private static URL source(Class<?> type) {
        return Objects.requireNonNull(
                Objects.requireNonNull(type.getProtectionDomain().getCodeSource()).getLocation());
    }
}
