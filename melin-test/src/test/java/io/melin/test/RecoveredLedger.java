package io.melin.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.melin.app.EventId;
import io.melin.app.MelinResult;
import io.melin.journal.JournalConfig;
import io.melin.journal.JournalPorts;
import io.melin.journaled.JournaledApplication;
import io.melin.storage.FileSystemStorage;
import io.melin.time.SystemTime;
import java.io.IOException;
import java.util.List;
import java.util.stream.LongStream;

/**
 * What must hold of a real directory that somebody wrote 1, 2, 3 and so on into, with these numbers
 * as the ids of its requests, and was stopped in whatever way.
 */
final class RecoveredLedger {
    private final JournalConfig config;

    RecoveredLedger(JournalConfig config) {
        this.config = config;
    }

    /**
     * All that was answered is there once and in order, nothing is invented, ids are remembered,
     * and it goes on, with a rotation and a snapshot; afterwards all ways to recover agree.
     *
     * @param answered the last number that was answered, 0 for none
     * @param sent the last number that was sent, at most
     * @return the last number that is there now
     */
    long check(long answered, long sent) throws IOException {
        long last;
        try (JournaledApplication<Long, Long> journaled = open()) {
            List<Long> values = state(journaled).values();
            assertThat((long) values.size())
                    .as("answered numbers, and no others")
                    .isBetween(answered, sent);
            assertThat(values)
                    .as("each once and in order")
                    .isEqualTo(LongStream.rangeClosed(1, values.size()).boxed().toList());
            last = values.size() + 1L;
            if (last > 1) {
                MelinResult<Long> repeat = journaled.execute(last - 1, id(last - 1));
                assertThat(repeat.duplicate()).as("ids are remembered").isTrue();
            }
            journaled.execute(last, id(last));
            journaled.rotate();
            journaled.saveSnapshot(2);
        }
        checkAgreement(last);
        return last;
    }

    private void checkAgreement(long last) {
        LedgerApplication.State whole;
        try (JournaledApplication<Long, Long> journaled =
                JournaledApplication.recover(PlainLedger.program(), config, ports())) {
            whole = state(journaled);
        }
        try (JournaledApplication<Long, Long> journaled =
                JournaledApplication.recoverFromSnapshot(PlainLedger.program(), config, ports())) {
            assertThat(state(journaled)).as("from a snapshot and replayed").isEqualTo(whole);
        }
        assertThat(whole.values()).hasSize((int) last);
    }

    private JournaledApplication<Long, Long> open() {
        return JournaledApplication.open(PlainLedger.program(), config, ports());
    }

    private static JournalPorts ports() {
        return new JournalPorts(FileSystemStorage.INSTANCE, SystemTime.INSTANCE);
    }

    private static LedgerApplication.State state(JournaledApplication<Long, Long> of) {
        return ((LedgerApplication) of.applier().application()).state();
    }

    private static EventId id(long value) {
        return EventId.of(1, value);
    }
}
