package io.melin.sample.exchange.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.melin.spring.boot.autoconfigure.metrics.MelinMeter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a scraper gets from the packaged jar. */
@Timeout(240)
class PrometheusIT {
    @TempDir Path directory;

    @Test
    void passesPromtoolWithoutAFindingOfOurs() throws Exception {
        Path promtool = Path.of("/usr/bin/promtool");
        assumeTrue(
                Files.isExecutable(promtool),
                "SKIPPED: promtool is not installed; apt-get install prometheus");
        try (ExchangeProcess exchange = ExchangeProcess.start(directory.resolve("journal"))) {
            for (int i = 0; i < 100; i++) {
                exchange.mutate(
                        "POST",
                        "/api/accounts/1/deposits",
                        "k" + i,
                        "{\"currency\":\"USD\",\"amount\":1}");
            }
            String scrape = exchange.get("/actuator/prometheus").body();
            Process check =
                    new ProcessBuilder(promtool.toString(), "check", "metrics")
                            .redirectErrorStream(true)
                            .start();
            check.getOutputStream().write(scrape.getBytes(StandardCharsets.UTF_8));
            check.getOutputStream().close();
            List<String> findings =
                    new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                            .lines()
                            .toList();
            assertThat(check.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(check.exitValue()).as("parses: " + findings).isNotEqualTo(1);
            assertThat(findings).noneMatch(line -> line.startsWith("melin_"));
            for (MelinMeter meter : MelinMeter.values()) {
                assertThat(scrape).containsPattern(sampleOf(meter));
            }
        }
    }

    /** A line of its own: another meter's longer name must not stand for it. */
    private static Pattern sampleOf(MelinMeter meter) {
        String name = meter.meterName().replace('.', '_');
        String unit = "(_seconds|_bytes|_events)?";
        return Pattern.compile("(?m)^" + name + unit + "(_total|_bucket|_count|_sum|_max)?[{ ]");
    }
}
