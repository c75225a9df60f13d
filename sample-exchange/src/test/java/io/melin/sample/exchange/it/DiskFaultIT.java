package io.melin.sample.exchange.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real process whose sync fails: down, visibly, then gone with a code; what was answered stays. */
@Timeout(240)
class DiskFaultIT {
    private static final String DEPOSIT = "{\"currency\":\"USD\",\"amount\":1}";

    @TempDir Path directory;

    @Test
    void showsDownAndExitsNonZeroAfterAFailedSync() throws Exception {
        Path journal = directory.resolve("journal");
        ExchangeProcess exchange =
                ExchangeProcess.launch(strace("fdatasync:error=EIO:when=40+"), journal);
        exchange.awaitReady();
        long answered = depositUntilRefused(exchange);

        HttpResponse<String> health = exchange.get("/actuator/health");
        assertThat(health.statusCode()).isEqualTo(503);
        assertThat(health.body()).contains("DOWN");
        assertThat(exchange.get("/actuator/health/liveness").statusCode()).isEqualTo(503);
        assertThat(exchange.exitCode(Duration.ofSeconds(60))).as("exit code").isNotZero();

        try (ExchangeProcess again = ExchangeProcess.start(journal)) {
            long available =
                    again.json("/api/accounts/1").get("balances").get(0).get("available").asLong();
            assertThat(available).isGreaterThanOrEqualTo(answered);
        }
    }

    /** The tracer reaps the process only once its delay is over, far longer than the wait. */
    @Test
    void exitsNonZeroWhenASyncOfTheStartHangs() throws Exception {
        Path journal = directory.resolve("journal");
        ExchangeProcess exchange =
                ExchangeProcess.launch(
                        strace("fdatasync:delay_enter=20000000:when=1+"),
                        journal,
                        "--melin.failure.stall-timeout=1s",
                        "--melin.failure.exit-delay=1s",
                        "--melin.shutdown.drain-timeout=1s");

        assertThat(exchange.exitCode(Duration.ofSeconds(120))).as("exit code").isNotZero();
        assertThat(exchange.log())
                .contains("from=RECOVERING, to=FAILED")
                .contains("stage stands still: stage=recovery")
                .contains("the process will end");

        try (ExchangeProcess again = ExchangeProcess.start(journal)) {
            assertThat(again.get("/actuator/health").statusCode()).isEqualTo(200);
        }
    }

    private static List<String> strace(String fault) {
        assumeTrue(
                Files.isExecutable(Path.of("/usr/bin/strace")),
                "SKIPPED: strace is not installed; apt-get install strace");
        return List.of(
                "strace",
                "-f",
                "-qq",
                "-o",
                "/dev/null",
                "-e",
                "trace=fdatasync",
                "-e",
                "inject=" + fault);
    }

    /** Each answer is a deposit of one. */
    private static long depositUntilRefused(ExchangeProcess exchange) throws InterruptedException {
        for (long answered = 0; ; answered++) {
            try {
                exchange.mutate("POST", "/api/accounts/1/deposits", "k" + answered, DEPOSIT);
            } catch (IOException refused) {
                assertThat(answered).as("answers before the fault").isPositive();
                return answered;
            }
        }
    }
}
