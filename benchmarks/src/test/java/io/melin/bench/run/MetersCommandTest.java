package io.melin.bench.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MetersCommandTest {
    private static final Subject OFF = new MeteredSubject(0, Path.of("log"), count -> {});
    private static final Subject ON = new MeteredSubject(64, Path.of("log"), count -> {});

    @Test
    void bothLoadsHaveTwoEqualRunsAndPairsNameTheirCases() {
        List<String> names =
                Stream.of("saturated", "half")
                        .flatMap(load -> MetersCommand.cases(OFF, ON, load, List.of()).stream())
                        .map(Case::name)
                        .toList();

        assertThat(names).hasSize(6).doesNotHaveDuplicates();
        assertThat(MetersCommand.pairs(OFF, ON))
                .hasSize(4 * Figure.values().length)
                .doesNotHaveDuplicates()
                .allSatisfy(pair -> assertThat(names).contains(pair.above(), pair.below()));
    }
}
