package io.melin.sample.exchange.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The real sample against a live node: the same books over REST as in process. */
@Timeout(300)
class ReplayOverRestIT {
    @TempDir Path directory;

    @Test
    void agreesWithTheOfficialBook() throws Exception {
        String sample = System.getenv("MELIN_LOBSTER_DIR");
        assumeTrue(sample != null, "SKIPPED: MELIN_LOBSTER_DIR does not name the LOBSTER sample");
        Path messages = Path.of(sample, "AMZN_2012-06-21_message_5.csv");
        Path book = Path.of(sample, "AMZN_2012-06-21_orderbook_5.csv");
        try (ExchangeProcess exchange = ExchangeProcess.start(directory.resolve("journal"))) {
            Process replay =
                    new ProcessBuilder(
                                    List.of(
                                            ExchangeProcess.java(),
                                            "-jar",
                                            ExchangeProcess.JAR.toString(),
                                            "replay",
                                            messages.toString(),
                                            "--book",
                                            book.toString(),
                                            "--target",
                                            "127.0.0.1:" + exchange.port()))
                            .redirectErrorStream(true)
                            .start();
            String output =
                    new String(replay.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(replay.waitFor(240, TimeUnit.SECONDS)).isTrue();
            System.out.println("ReplayOverRestIT: " + output.strip());
            assertThat(replay.exitValue()).as(output).isZero();
        }
    }
}
