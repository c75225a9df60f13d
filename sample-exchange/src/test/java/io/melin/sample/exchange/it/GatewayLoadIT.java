package io.melin.sample.exchange.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The jar's {@code load} against the jar: everything that was sent is answered, once, in order. */
class GatewayLoadIT {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @TempDir static Path directory;

    private static ExchangeProcess exchange;

    @BeforeAll
    static void start() throws Exception {
        exchange = ExchangeProcess.start(directory.resolve("journal"));
    }

    @AfterAll
    static void stop() {
        exchange.close();
    }

    @ParameterizedTest
    @CsvSource({"1,256,fixed", "4,64,compat", "64,16,limit-only", "1000,4,fixed"})
    void answersEverythingThatWasSent(int connections, int window, String flow) throws Exception {
        Path out = Files.createTempFile(directory, "load", ".json");
        Path err = Files.createTempFile(directory, "load", ".err");
        Process load =
                new ProcessBuilder(
                                List.of(
                                        ExchangeProcess.java(),
                                        "-Xmx512m",
                                        "-jar",
                                        ExchangeProcess.JAR.toString(),
                                        "load",
                                        "--port=" + exchange.gatewayPort(),
                                        "--connections=" + connections,
                                        "--window=" + window,
                                        "--flow=" + flow,
                                        "--warmup=1",
                                        "--seconds=2",
                                        "--timeout=60",
                                        "--json"))
                        .redirectOutput(out.toFile())
                        .redirectError(err.toFile())
                        .start();
        assertThat(load.waitFor(5, TimeUnit.MINUTES)).isTrue();

        assertThat(load.exitValue()).as(Files.readString(err)).isZero();
        List<String> lines = Files.readAllLines(out);
        JsonNode result = JSON.readTree(lines.get(lines.size() - 1));
        System.out.println("GatewayLoadIT: " + result);
        assertThat(result.at("/answered").asLong()).isPositive();
        assertThat(result.at("/answered").asLong()).isEqualTo(result.at("/sent").asLong());
        assertThat(result.at("/missing").asLong()).isZero();
        assertThat(result.at("/errors").asLong()).isZero();
    }
}
