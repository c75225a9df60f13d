package io.melin.inspect;

import io.melin.app.EventId;
import io.melin.journal.JournalConfig;
import io.melin.journal.JournalPorts;
import io.melin.journaled.JournaledApplication;
import io.melin.journaled.JournaledApplication.Program;
import io.melin.storage.FileSystemStorage;
import io.melin.testing.CounterApplication;
import io.melin.time.SystemTime;
import java.io.IOException;
import java.nio.file.Path;

/** Real journals of four archives, three snapshots and a live segment. */
final class Journals {
    static final int ENTRIES = 90;

    private Journals() {}

    static JournalConfig config(Path directory) {
        return JournalConfig.of(directory, 1, 1)
                .withPayloadBytesMax(1 << 10)
                .withFrameBufferBytes(4 << 10, 4 << 10)
                .withPrezeroedBytes(16 << 10)
                .withSegmentBytes(0);
    }

    static Inspector inspector(Path directory) {
        JournalConfig config = config(directory);
        return new Inspector(
                new Inspector.Config(directory, config.name(), config.unsyncedBytesMax()));
    }

    static JournaledApplication<Long, Long> open(Path directory) {
        return JournaledApplication.open(
                new Program<>(
                        new CounterApplication(),
                        CounterApplication.CODEC,
                        CounterApplication.CODEC),
                config(directory),
                new JournalPorts(FileSystemStorage.INSTANCE, SystemTime.INSTANCE));
    }

    /** Rotated behind every twentieth entry, saved behind 30, 50 and 70. */
    static void write(Path directory) throws IOException {
        try (JournaledApplication<Long, Long> counter = open(directory)) {
            for (long i = 1; i <= ENTRIES; i++) {
                counter.execute(i, EventId.of(1, i));
                if (i % 20 == 0) {
                    counter.rotate();
                }
                if (i == 30 || i == 50 || i == 70) {
                    counter.saveSnapshot(3);
                }
            }
        }
    }
}
