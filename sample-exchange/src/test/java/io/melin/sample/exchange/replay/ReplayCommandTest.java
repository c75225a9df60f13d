package io.melin.sample.exchange.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplayCommandTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir private Path directory;

    @Test
    void replaysTheRealSample() {
        Path files = Samples.lobsterOrSkip();

        int code =
                run(
                        files.resolve("AMZN_2012-06-21_message_5.csv").toString(),
                        "--book",
                        files.resolve("AMZN_2012-06-21_orderbook_5.csv").toString());

        System.out.print(out.toString(StandardCharsets.UTF_8));
        assertThat(code).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("rows=999, equal=999, matched=");
    }

    /** A wrong book must not pass: the levels of every row moved by one tick. */
    @Test
    void failsWhenTheBooksDiffer() throws IOException {
        Path messages = write("X_message.csv", "0,1,1,5,100,1", "0,5,0,5,110,-1", "0,3,1,5,100,1");
        Path book = write("X_book.csv", "110,5,100,5", "110,5,100,5", "110,5,101,5");

        assertThat(run(messages.toString(), "--book", book.toString())).isEqualTo(1);
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("books differ: line=3")
                .contains("result=failed, rows=2, equal=1");
    }

    @Test
    void matchesExecutionsInTheExchange() throws IOException {
        Path messages =
                write(
                        "X_message.csv",
                        "0,1,1,5,100,1",
                        "0,1,2,7,100,1",
                        "0,4,2,3,100,1",
                        "0,2,2,1,100,1",
                        "0,4,9,5,100,1",
                        "0,5,0,1,100,1",
                        "0,7,0,0,-1,-1",
                        "0,3,2,3,100,1");
        Path book =
                write(
                        "X_book.csv",
                        "110,5,100,5",
                        "110,5,100,12",
                        "110,5,100,9",
                        "110,5,100,8",
                        "110,5,100,3",
                        "110,5,100,3",
                        "110,5,100,3",
                        "110,5,-9999999999,0");

        int code = run(messages.toString(), "--book", book.toString());

        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("rows=7, equal=7, matched=1, matchedAnonymous=0, byHand=1, requeued=1");
        assertThat(code).isZero();
    }

    @Test
    void namesALineThatIsDamaged() throws IOException {
        Path messages = write("X_message.csv", "0,1,1,5,100,1", "0,1,1,x,100,1");

        assertThat(run(messages.toString())).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("not a LOBSTER file", "line=2", "text=x");
    }

    @Test
    void failsWithoutTheFile() {
        assertThat(run(directory.resolve("none.csv").toString())).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a --book", "--book b", "a --what b", "a --target nowhere"})
    void refusesWrongUsage(String line) {
        assertThat(run(line.isEmpty() ? new String[0] : line.split(" "))).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("usage: replay FILE");
    }

    private int run(String... arguments) {
        return new ReplayCommand(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8))
                .run(List.of(arguments));
    }

    private Path write(String name, String... lines) throws IOException {
        return Files.write(directory.resolve(name), List.of(lines));
    }
}
