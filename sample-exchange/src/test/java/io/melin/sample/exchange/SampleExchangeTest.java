package io.melin.sample.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class SampleExchangeTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void helps() {
        assertThat(run("help")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("usage:", "load --host H", "echo --port P", "replay FILE", "inspect DIR")
                .contains("verify DIR", "audit DIR", "help");
    }

    @Test
    void refusesUnknownCommands() {
        assertThat(run("dance")).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("command=dance", "usage:");
    }

    @Test
    void passesTheRestOfTheWordsOn() {
        assertThat(run("replay")).isEqualTo(2);
        assertThat(run("replay", "/no/such/file")).isEqualTo(1);
        assertThat(run("load", "--connections", "1")).isEqualTo(2);
        assertThat(run("echo")).isEqualTo(2);
        assertThat(run("inspect")).isEqualTo(2);
        assertThat(run("verify", "/no/such/directory")).isEqualTo(2);
        assertThat(run("audit")).isEqualTo(2);
    }

    private int run(String... words) {
        return SampleExchange.command(
                List.of(words),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }
}
