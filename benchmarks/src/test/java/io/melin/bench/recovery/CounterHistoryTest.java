package io.melin.bench.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.melin.bench.counter.Counter;
import io.melin.journal.JournalConfig;
import io.melin.journaled.JournaledApplication;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CounterHistoryTest {
    @TempDir private Path directory = Path.of("");

    @ParameterizedTest
    @CsvSource({"false, 10000", "true, 0"})
    void aStartReplaysWhatNoSnapshotHolds(boolean isSaved, long replayed) throws IOException {
        CounterHistory.write(directory, 10_000, isSaved);

        try (JournaledApplication<?, ?> app = open()) {
            assertThat(app.applier().lastSequence()).isEqualTo(10_000);
            assertThat(app.journal().report().entries()).isEqualTo(replayed);
        }
    }

    private JournaledApplication<?, ?> open() {
        return JournaledApplication.open(
                Counter.program(), JournalConfig.of(directory, 1, 1), History.ports());
    }
}
