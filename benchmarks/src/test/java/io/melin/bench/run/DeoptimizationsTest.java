package io.melin.bench.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.melin.bench.part.Forked;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeoptimizationsTest {
    @TempDir Path directory;

    /** A branch that is never taken until the compiler relies on it. */
    static final class Surprise {
        private static long sum;

        public static void main(String[] arguments) throws InterruptedException {
            Forked.endWithParent();
            Thread thread = new Thread(() -> surprise(arguments[0]), "melin-surprised");
            thread.start();
            thread.join();
            System.out.println("READY");
            Thread.sleep(Duration.ofMinutes(1).toMillis());
        }

        private static void surprise(String word) {
            for (int i = 0; i < 200_000; i++) {
                add(i, word);
            }
            add(-1, word);
        }

        private static void add(int i, String word) {
            sum += i < 0 ? word.length() : i;
        }
    }

    private Instant recorded(Path file, String... options) throws Exception {
        List<String> all = new ArrayList<>(List.of(options));
        all.add("-XX:-BackgroundCompilation");
        all.add(Deoptimizations.option(file));
        try (Forked process = Forked.start(all, Surprise.class, List.of("word"))) {
            process.await("READY");
            Instant ready = Instant.now();
            process.end(Duration.ofSeconds(30));
            return ready;
        }
    }

    @Test
    void countsWhatAThreadOfANodeTookBack() throws Exception {
        Path file = directory.resolve("guesses.jfr");
        Instant ready = recorded(file);

        assertThat(Deoptimizations.count(file, Instant.EPOCH)).isPositive();
        assertThat(Deoptimizations.count(file, ready)).as("before it").isZero();
    }

    @Test
    void aCompilerThatGuessesNothingTakesNothingBack() throws Exception {
        Path file = directory.resolve("none.jfr");
        recorded(file, FirstSecondsCommand.GUESSES_NOTHING.toArray(String[]::new));

        assertThat(Deoptimizations.count(file, Instant.EPOCH)).isZero();
    }

    @Test
    void othersThreadsDoNotCount() {
        Instant at = Instant.ofEpochSecond(1);

        assertThat(Deoptimizations.isCounted("melin-journal", at, at)).isTrue();
        assertThat(Deoptimizations.isCounted("JFR Periodic Tasks", at, at)).isFalse();
        assertThat(Deoptimizations.isCounted(null, at, at)).isFalse();
        assertThat(Deoptimizations.isCounted("melin-journal", at, at.plusNanos(1))).isFalse();
    }
}
