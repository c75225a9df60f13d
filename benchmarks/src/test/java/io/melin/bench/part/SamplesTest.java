package io.melin.bench.part;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SamplesTest {
    @TempDir private Path directory = Path.of("");

    @Test
    void fairnessIsThatOfTheSlowestConnection() {
        assertThat(of(100, 200, 210).fairness()).isCloseTo(0.5, Offset.offset(0.001));
        assertThat(of(0, 200, 210).fairness()).isZero();
    }

    @Test
    void oneConnectionIsFair() {
        assertThat(of(100).fairness()).isEqualTo(1);
        assertThat(of().fairness()).isEqualTo(1);
    }

    @Test
    void aFileKeepsTheAnswersOfEachConnectionWithTheirCase() throws IOException {
        Path file = directory.resolve("figures.hlog");
        Samples.write(file, List.of(of(100, 200, 210), of()));

        List<Samples> read = Samples.read(file);

        assertThat(read).extracting(Samples::name).containsOnly("a case, of two").hasSize(2);
        assertThat(read.get(0).fairness()).isCloseTo(0.5, Offset.offset(0.001));
        assertThat(read.get(0).latencies().getTotalCount()).isEqualTo(2);
        assertThat(read.get(0).perSecond()).isCloseTo(2, Offset.offset(0.01));
        assertThat(read.get(1).answers().getTotalCount()).isZero();
    }

    private static Samples of(long... answers) {
        Histogram latencies = new Histogram(3);
        latencies.recordValue(1_000);
        latencies.recordValue(2_000);
        Histogram each = new Histogram(3);
        for (long count : answers) {
            each.recordValue(count);
        }
        return new Samples("a case, of two", 2, latencies, each);
    }
}
