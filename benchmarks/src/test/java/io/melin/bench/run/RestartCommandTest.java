package io.melin.bench.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.melin.bench.run.RestartCommand.Past;
import java.util.List;
import org.junit.jupiter.api.Test;

class RestartCommandTest {
    @Test
    void anEmptyJournalHasNoSnapshot() {
        assertThat(RestartCommand.pasts(List.of(0, 1_000)))
                .containsExactly(new Past(0, false), new Past(1_000, false), new Past(1_000, true));
    }

    @Test
    void everyPastIsHeldAgainstTheFirst() {
        List<Pair> pairs = RestartCommand.pairs(RestartCommand.pasts(List.of(0, 1_000)));

        assertThat(pairs).hasSize(2 * Figure.values().length).doesNotHaveDuplicates();
        assertThat(pairs).allMatch(pair -> pair.below().equals("journal of 0 events"));
        assertThat(pairs)
                .extracting(Pair::above)
                .contains("journal of 1,000 events", "journal of 1,000 events, snapshot");
    }
}
