package io.melin.sample.exchange.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.melin.sample.exchange.replay.ReplayCommand;
import io.melin.sample.exchange.replay.Samples;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.core.env.Environment;

/** The same files and the same rows, with REST in between. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, classes = WebOnly.class)
class ReplayOverRestTest {
    private final String target;

    @Autowired
    ReplayOverRestTest(Environment environment) {
        target = "127.0.0.1:" + environment.getProperty("local.server.port");
    }

    /** Twice: the second finds its symbol taken. */
    @Test
    void reproducesTheRealSampleTwice() {
        Path files = Samples.lobsterOrSkip();

        for (int run = 1; run <= 2; run++) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8);
            int code =
                    new ReplayCommand(print, print)
                            .run(
                                    List.of(
                                            files.resolve("AMZN_2012-06-21_message_5.csv")
                                                    .toString(),
                                            "--book",
                                            files.resolve("AMZN_2012-06-21_orderbook_5.csv")
                                                    .toString(),
                                            "--target",
                                            target));

            System.out.print(out.toString(StandardCharsets.UTF_8));
            assertThat(code).isZero();
            assertThat(out.toString(StandardCharsets.UTF_8)).contains("rows=999, equal=999");
        }
    }

    @Test
    void failsWithoutAServer() {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        PrintStream print = new PrintStream(err, true, StandardCharsets.UTF_8);

        int code =
                new ReplayCommand(print, print).run(List.of("none.csv", "--target", "127.0.0.1:1"));

        assertThat(code).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("replay: failed");
    }
}
