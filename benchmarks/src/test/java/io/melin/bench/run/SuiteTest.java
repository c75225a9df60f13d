package io.melin.bench.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SuiteTest {

    @ParameterizedTest
    @EnumSource
    void casesHaveNamesOfTheirOwnAndPairsNameThem(Suite suite) {
        List<String> names = suite.cases().stream().map(Case::name).toList();

        assertThat(names).doesNotHaveDuplicates();
        assertThat(suite.pairs())
                .doesNotHaveDuplicates()
                .allSatisfy(pair -> assertThat(names).contains(pair.above(), pair.below()));
    }
}
