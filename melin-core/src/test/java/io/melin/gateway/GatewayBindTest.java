package io.melin.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.melin.gateway.netty.NettyTransport;
import io.melin.stage.Layout;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GatewayBindTest {
    private static final Path OPEN_FILES = Path.of("/proc/self/fd");
    private static final int ROUNDS = 50;

    @TempDir Path directory;

    @ParameterizedTest
    @EnumSource(TransportKind.class)
    void aPortInUseFailsTheStartAndLeavesTheJournalFree(TransportKind kind) throws Exception {
        Sockets.assumeThereIs(kind);
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            InetSocketAddress address = addressOf(taken);
            assertThatExceptionOfType(GatewayBindException.class)
                    .isThrownBy(() ->
                            GatewayNode.start(
                                    GatewayNode.config(directory, Layout.COMPACT),
                                    GatewayConfig.of(address).withTransport(kind),
                                    null))
                    .satisfies(e -> assertThat(e.address()).isEqualTo(address))
                    .withMessageContaining("in use");
        }

        GatewayNode.start(GatewayNode.config(directory, Layout.COMPACT)).close();
    }

    @ParameterizedTest
    @EnumSource(TransportKind.class)
    void aTransportThatNeverOpenedLeavesNoFileOpen(TransportKind kind) throws Exception {
        Sockets.assumeThereIs(kind);
        assumeTrue(Files.isDirectory(OPEN_FILES), "SKIPPED: no /proc");
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            InetSocketAddress address = addressOf(taken);
            long before = openFiles();
            for (int round = 0; round < ROUNDS; round++) {
                assertThatExceptionOfType(GatewayBindException.class)
                        .isThrownBy(() -> new NettyTransport(address, kind, null));
                new NettyTransport(GatewayNode.FREE_PORT, kind, null).abandon();
                new NettyTransport(GatewayNode.FREE_PORT, kind, null).close();
            }

            assertThat(openFiles()).isLessThan(before + ROUNDS);
        }
    }

    @ParameterizedTest
    @EnumSource(TransportKind.class)
    void anAddressWithoutAMachineIsRefused(TransportKind kind) {
        Sockets.assumeThereIs(kind);
        InetSocketAddress nowhere = InetSocketAddress.createUnresolved("nowhere.invalid", 0);

        assertThatExceptionOfType(GatewayBindException.class)
                .isThrownBy(() -> new NettyTransport(nowhere, kind, null))
                .satisfies(e -> assertThat(e.address()).isEqualTo(nowhere));
    }

    private static long openFiles() throws Exception {
        try (var files = Files.list(OPEN_FILES)) {
            return files.count();
        }
    }

    @Test
    void aKeyFileThatCannotBeUsedSaysWhy() throws Exception {
        Path file = directory.resolve("keys");
        assertThatExceptionOfType(KeyFileException.class)
                .isThrownBy(() -> new AuthorizedKeys(file))
                .satisfies(e -> assertThat(e.file()).isEqualTo(file))
                .satisfies(e -> assertThat(e.reason()).startsWith("it cannot be read"));

        Files.writeString(file, "# none\n\ntrader AAAA me\n");
        assertThatExceptionOfType(KeyFileException.class)
                .isThrownBy(() -> new AuthorizedKeys(file))
                .satisfies(e -> assertThat(e.reason()).startsWith("line 3: no key"));
    }

    @Test
    void boundsTheConnectionsThatCanBeNumbered() {
        GatewayLimits limits = GatewayLimits.DEFAULT;
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        new GatewayLimits(
                                GatewayLimits.CONNECTIONS_MAX + 1,
                                limits.window(),
                                limits.backlogBytes(),
                                limits.backlogBytesTotal(),
                                limits.queries()))
                .withMessageContaining("connections=1048577");
    }

    private static InetSocketAddress addressOf(ServerSocket bound) {
        return new InetSocketAddress(bound.getInetAddress(), bound.getLocalPort());
    }
}
