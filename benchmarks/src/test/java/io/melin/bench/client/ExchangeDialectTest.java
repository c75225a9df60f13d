package io.melin.bench.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.melin.bench.part.Samples;
import io.melin.gateway.GatewayConfig;
import io.melin.node.GatewaySetup;
import io.melin.node.MelinConfig;
import io.melin.node.MelinNode;
import io.melin.node.NodeStatus;
import io.melin.sample.exchange.engine.ExchangeApplication;
import io.melin.sample.exchange.gateway.ExchangeProtocol;
import io.melin.sample.exchange.gateway.ExchangeTag;
import io.melin.sample.exchange.load.ClientFlow;
import io.melin.sample.exchange.load.Market;
import io.melin.sample.exchange.wire.ExchangeEvent;
import io.melin.sample.exchange.wire.ExchangeEventCodec;
import io.melin.sample.exchange.wire.ExchangeReport;
import io.melin.sample.exchange.wire.ExchangeReportCodec;
import io.melin.shadow.SnapshotConfig;
import io.melin.wire.EndFrame;
import io.melin.wire.RequestFrame;
import io.melin.wire.ResponseFrame;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Objects;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ExchangeDialectTest {
    /** A logger without a strong reference forgets its level. */
    private static final Logger LOG = Logger.getLogger("io.melin");

    private final ExchangeDialect dialect =
            new ExchangeDialect(
                    1, new ClientFlow(new ClientFlow.Plan(Market.of(10, 2), 50, 42), 0), 4);

    @TempDir private Path directory = Path.of("");

    @BeforeAll
    static void beQuiet() {
        LOG.setLevel(Level.WARNING);
    }

    @AfterAll
    static void speakAgain() {
        LOG.setLevel(null);
    }

    @Test
    void requestsAreWholeAndNumberedWhetherMadeAheadOrNot() {
        ByteBuffer out = GatewayClient.littleEndian(100 * dialect.requestBytes());
        for (int request = 1; request <= 100; request++) {
            int start = out.position();
            dialect.request(out);

            assertThat(out.getLong(start + RequestFrame.REQUEST)).isEqualTo(request);
            assertThat(out.position()).isEqualTo(start + Integer.BYTES + out.getInt(start));
            if (request % 3 == 0) {
                dialect.prepare();
            }
        }
    }

    @Test
    void aFlowThatIsMostlyRejectedIsNone() {
        assertThatThrownBy(
                        () -> {
                            for (int request = 1; request <= 20_000; request++) {
                                dialect.answers(rejected(request));
                            }
                        })
                .isInstanceOf(IOException.class)
                .hasMessageContaining("most is rejected");
    }

    @Test
    void anExchangeAnswersIt() throws IOException {
        Path figures = directory.resolve("figures.hlog");
        try (MelinNode<ExchangeEvent, ExchangeReport> node = node()) {
            node.start();
            NodeStatus.Run run = Objects.requireNonNull(node.status().run());
            int port = Objects.requireNonNull(run.gateway()).address().getPort();
            String line =
                    "--dialect exchange --connections 2 --window 8 --accounts 20 --instruments 2"
                            + " --open-orders 100 --even --warm-up 0 --seconds 1 --port "
                            + port;
            CommandLine client = new CommandLine(new WireClient());

            assertThat(client.execute((line + " --hdr " + figures).split(" "))).isZero();
        }

        Samples samples = Samples.read(figures).get(0);
        assertThat(samples.latencies().getTotalCount()).isPositive();
        assertThat(samples.answers().getTotalCount()).isEqualTo(2);
    }

    private MelinNode<ExchangeEvent, ExchangeReport> node() {
        GatewayConfig gateway = GatewayConfig.of(new InetSocketAddress("127.0.0.1", 0));
        return MelinNode.create(
                new ExchangeApplication(),
                new ExchangeEventCodec(),
                new ExchangeReportCodec(),
                MelinConfig.of(directory.resolve("data"))
                        .withSnapshots(SnapshotConfig.OFF)
                        .withGateway(
                                new GatewaySetup(gateway, new ExchangeProtocol(), null, null)));
    }

    private static ByteBuffer rejected(long request) {
        ByteBuffer out = GatewayClient.littleEndian(128);
        ResponseFrame.begin(out, ExchangeTag.REJECTED, Long.BYTES).putLong(request);
        EndFrame.write(out, request, request, 0, false);
        return out.flip();
    }
}
