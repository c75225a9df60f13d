package io.melin.sample.exchange.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.melin.wire.ReadyFrame;
import io.melin.wire.Role;
import io.melin.wire.Tag;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** One pass through the packaged jar, on whatever JDK runs this test. */
@Timeout(240)
class JarSmokeIT {
    @TempDir Path directory;

    @Test
    void servesRestAndActuatorAndStopsInOrder() throws Exception {
        try (ExchangeProcess exchange = ExchangeProcess.startJar(directory.resolve("journal"))) {
            exchange.mutate(
                    "POST",
                    "/api/instruments",
                    "i",
                    "{\"symbol\":\"BTC-USD\",\"base\":\"BTC\",\"quote\":\"USD\"}");
            exchange.mutate(
                    "POST",
                    "/api/accounts/1/deposits",
                    "d",
                    "{\"currency\":\"USD\",\"amount\":500}");
            JsonNode placed =
                    exchange.mutate(
                            "POST",
                            "/api/orders",
                            "o",
                            "{\"symbol\":\"BTC-USD\",\"orderId\":1,\"account\":1,\"side\":\"BUY\","
                                    + "\"type\":\"LIMIT\",\"price\":100,\"quantity\":3}");
            assertThat(placed.get("sequence").asLong()).isEqualTo(3);
            assertThat(placed.get("reports").get(0).get("kind").asString()).isEqualTo("PLACED");
            JsonNode book = exchange.json("/api/book/BTC-USD?depth=5");
            assertThat(book.get("bids").get(0).get("quantity").asLong()).isEqualTo(3);
            assertThat(exchange.json("/actuator/health").get("status").asString()).isEqualTo("UP");
            assertThat(exchange.get("/actuator/melin").body()).contains("SERVING");
            assertThat(exchange.get("/actuator/prometheus").body()).contains("melin_");
            assertThat(ready(exchange.gatewayPort()).role()).isEqualTo(Role.UNRESTRICTED);
            assertThat(exchange.log())
                    .contains("listening without authentication", "address=127.0.0.1");

            assertThat(exchange.stop()).as("exit code of an orderly stop").isIn(0, 143);
            assertThat(exchange.log().lines().filter(JarSmokeIT::isJvmWarning))
                    .as("JVM warnings")
                    .isEmpty();
        }
    }

    /** What the gateway says first. */
    private static ReadyFrame ready(int port) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(20_000);
            DataInputStream in = new DataInputStream(socket.getInputStream());
            byte[] frame = new byte[ReadyFrame.FRAME_BYTES];
            in.readFully(frame);
            ByteBuffer bytes = ByteBuffer.wrap(frame).order(ByteOrder.LITTLE_ENDIAN);
            assertThat(bytes.getInt()).isEqualTo(frame.length - Integer.BYTES);
            assertThat(bytes.get()).isEqualTo(Tag.READY);
            return Objects.requireNonNull(ReadyFrame.read(bytes));
        }
    }

    @Test
    void takesAddressAndPortOfTheGatewayAsArguments() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        try (ExchangeProcess exchange =
                ExchangeProcess.startJar(
                        directory.resolve("journal"),
                        "--melin.gateway.port=" + port,
                        "--melin.gateway.address=0.0.0.0")) {
            assertThat(exchange.gatewayPort()).isEqualTo(port);
            assertThat(ready(port).client()).isZero();
            assertThat(exchange.log()).containsPattern("WARN .*beyond this machine");
        }
    }

    @Test
    void tellsUsageApartFromFailure() throws Exception {
        assertThat(run("help")).isZero();
        assertThat(run("no-such-command")).isEqualTo(2);
        assertThat(run("replay")).isEqualTo(2);
    }

    private static boolean isJvmWarning(String line) {
        return line.startsWith("WARNING:") || line.contains("VM warning:");
    }

    private static int run(String... arguments) throws Exception {
        List<String> command = new java.util.ArrayList<>();
        command.add(ExchangeProcess.java());
        command.addAll(List.of("-jar", ExchangeProcess.JAR.toString()));
        command.addAll(List.of(arguments));
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        assertThat(
                        process.waitFor(
                                Duration.ofSeconds(60).toSeconds(),
                                java.util.concurrent.TimeUnit.SECONDS))
                .isTrue();
        return process.exitValue();
    }
}
