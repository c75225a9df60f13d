package io.melin.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.melin.gateway.netty.NettyTransport;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a transport says of the bytes that it left in a socket. */
class GatewayReadsTest {
    private static final int READ_BYTES = 1 << 16;

    private long received;

    @ParameterizedTest
    @EnumSource(TransportKind.class)
    void aReadThatWasFilledLeavesMore(TransportKind kind) throws IOException {
        NettyTransport transport = Sockets.listen(kind);
        transport.open(connection -> new Count(), Runnable::run);
        try (Socket peer = new Socket("127.0.0.1", transport.address().getPort())) {
            peer.getOutputStream().write(new byte[READ_BYTES + 1]);
            int filled = 0;
            while (received < READ_BYTES + 1) {
                long before = received;
                transport.poll();
                boolean isFilled = received - before == READ_BYTES;
                assertThat(transport.hasMore()).isEqualTo(isFilled);
                filled += isFilled ? 1 : 0;
            }
            assertThat(filled).isEqualTo(1);
            transport.poll();
            assertThat(transport.hasMore()).as("a step without a read").isFalse();
        } finally {
            transport.close();
        }
    }

    private final class Count implements Transport.Receiver {
        @Override
        public void received(ByteBuffer bytes) {
            received += bytes.remaining();
        }

        @Override
        public void closed() {
            // the test ends
        }
    }
}
