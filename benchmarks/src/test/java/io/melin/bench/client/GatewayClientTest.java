package io.melin.bench.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.melin.wire.EndFrame;
import io.melin.wire.ResponseFrame;
import io.melin.wire.Tag;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class GatewayClientTest {
    private final List<Byte> reports = new ArrayList<>();
    private final GatewayClient client = new GatewayClient(1, reports::add);
    private final ByteBuffer in = GatewayClient.littleEndian(1_024);

    @Test
    void countsEndsAndHandsReportsOn() throws IOException {
        report(0x31);
        report(0x30);
        end(1);
        end(2);
        in.flip();

        assertThat(client.ends(in)).isEqualTo(2);
        assertThat(reports).containsExactly((byte) 0x31, (byte) 0x30);
        assertThat(in.hasRemaining()).isFalse();
    }

    @Test
    void theBeginOfAFrameStays() throws IOException {
        end(1);
        end(2);
        int all = in.position();
        in.flip().limit(all - 1);

        assertThat(client.ends(in)).isEqualTo(1);
        in.limit(all);
        assertThat(client.ends(in)).isEqualTo(1);
    }

    @Test
    void anAnswerOutOfTurnIsRefused() {
        end(2);

        assertThatThrownBy(() -> client.ends(in.flip()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("request=2, expected=1");
    }

    @Test
    void whatIsNoSuccessIsRefused() {
        ResponseFrame.begin(in, Tag.BUSY, 9).putLong(1).put((byte) 1);

        assertThatThrownBy(() -> client.ends(in.flip()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("tag=" + Tag.BUSY);
    }

    private void report(int tag) {
        ResponseFrame.begin(in, (byte) tag, Long.BYTES).putLong(7);
    }

    private void end(long request) {
        EndFrame.write(in, request, request, 0, false);
    }
}
