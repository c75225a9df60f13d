package io.melin.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.melin.app.Application;
import io.melin.app.EventContext;
import io.melin.app.EventId;
import io.melin.app.EventRejectedException;
import io.melin.app.Reports;
import io.melin.app.SnapshotReader;
import io.melin.app.SnapshotWriter;
import io.melin.journal.JournalConfig;
import io.melin.journal.JournalException.ReplayFailed;
import io.melin.journal.JournalPorts;
import io.melin.journal.Skip;
import io.melin.journaled.AuditTarget;
import io.melin.journaled.JournaledApplication;
import io.melin.journaled.JournaledApplication.Program;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** An event that stops every start, and the one way past it. */
@ExtendWith(QuietNodes.class)
class SkipTest {
    private static final JournalConfig CONFIG = MelinFixture.smallConfig().journal();
    private static final Program<Long, Long> PROGRAM =
            new Program<>(new Touchy(), LedgerApplication.CODEC, LedgerApplication.CODEC);
    private static final EventId ID = EventId.of(1, 1);

    private SimulatedDisk disk = new SimulatedDisk(1);
    private final ManualTime time = new ManualTime(MelinFixture.START_NS);

    @Test
    void refusesEveryStartAndSaysHowToSkip() {
        Skip skip = poisoned();
        long changes = disk.changes();

        assertThat(skip.sequence()).isEqualTo(3);
        assertThat(failedStart()).isEqualTo(skip);
        assertThat(disk.changes()).isEqualTo(changes);
    }

    @Test
    void passesOverItForEverOnceItIsSkipped() throws IOException {
        Skip skip = poisoned();
        try (JournaledApplication<Long, Long> app = open(CONFIG.withSkip(skip))) {
            assertThat(total(app)).as("nothing of it is left").isEqualTo(3);
            app.execute(4L, EventId.none());
        }
        try (JournaledApplication<Long, Long> again = open(CONFIG)) {
            assertThat(again.journal().report().replayed().afterSequence())
                    .as("behind the skip's own entry")
                    .isEqualTo(4);
            assertThat(total(again)).isEqualTo(7);
        }
        try (JournaledApplication<Long, Long> whole =
                JournaledApplication.recover(PROGRAM, CONFIG, ports())) {
            assertThat(whole.journal().report().replayed().afterSequence()).isZero();
            assertThat(total(whole)).isEqualTo(7);
        }
        assertThat(
                        JournaledApplication.audit(
                                        PROGRAM, CONFIG, disk, AuditTarget.sequence(5).fromFirst())
                                .applier()
                                .lastSequence())
                .isEqualTo(5);
    }

    @Test
    void rejectsARepeatOfIt() {
        Skip skip = poisoned();
        try (JournaledApplication<Long, Long> app = open(CONFIG.withSkip(skip))) {
            assertThatThrownBy(() -> app.execute(Touchy.POISON, ID))
                    .isInstanceOf(EventRejectedException.class)
                    .hasMessageContaining("SKIPPED");
        }
    }

    @Test
    void journalsItOnceHoweverLongTheSettingStays() {
        Skip skip = poisoned();
        open(CONFIG.withSkip(skip)).close();
        try (JournaledApplication<Long, Long> app = open(CONFIG.withSkip(skip))) {
            assertThat(app.applier().lastSequence()).isEqualTo(4);
        }
        try (JournaledApplication<Long, Long> app =
                JournaledApplication.recover(PROGRAM, CONFIG.withSkip(skip), ports())) {
            assertThat(app.applier().lastSequence()).isEqualTo(4);
            assertThat(total(app)).isEqualTo(3);
        }
    }

    @Test
    void refusesToSkipAnythingElse() {
        Skip skip = poisoned();
        Skip other = new Skip(2, skip.hash());
        long changes = disk.changes();
        assertThatThrownBy(() -> open(CONFIG.withSkip(other)))
                .isInstanceOf(ReplayFailed.class)
                .hasMessageContaining("another entry is to be skipped");
        assertThat(disk.changes()).isEqualTo(changes);
        open(CONFIG.withSkip(skip)).close();
        assertThatThrownBy(() -> open(CONFIG.withSkip(new Skip(50, skip.hash()))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no such entry to skip")
                .hasMessageContaining("last=4");
    }

    @Test
    void convergesWhereverTheStartThatSkipsIsCut() {
        Skip skip = poisoned();
        DiskImage before = disk.image();
        long start = disk.changes();
        open(CONFIG.withSkip(skip)).close();
        int changes = (int) (disk.changes() - start);
        assertThat(changes).isGreaterThan(5);
        for (int cut = 1; cut <= changes; cut++) {
            for (int plan = 0; plan < 6; plan++) {
                disk = new SimulatedDisk(cut * 31L + plan);
                disk.restore(before);
                disk.failAtChange(cut, Fault.powerCut());
                try {
                    open(CONFIG.withSkip(skip)).close();
                } catch (RuntimeException e) {
                    // The cut.
                }
                disk.crash(CrashPlan.random(cut * 97L + plan));

                try (JournaledApplication<Long, Long> app = open(CONFIG.withSkip(skip))) {
                    assertThat(total(app)).as("cut=%s, plan=%s", cut, plan).isEqualTo(3);
                    assertThat(app.applier().lastSequence()).isEqualTo(4);
                    app.execute(4L, EventId.none());
                }
                try (JournaledApplication<Long, Long> again =
                        JournaledApplication.recover(PROGRAM, CONFIG, ports())) {
                    assertThat(total(again)).as("cut=%s, plan=%s", cut, plan).isEqualTo(7);
                }
            }
        }
    }

    /** Two events, and one that fails after it changed something. */
    private Skip poisoned() {
        try (JournaledApplication<Long, Long> app = open(CONFIG)) {
            app.execute(1L, EventId.none());
            app.execute(2L, EventId.none());
            assertThatThrownBy(() -> app.execute(Touchy.POISON, ID)).hasMessage("poison");
        }
        return failedStart();
    }

    /** What the refusal prints. */
    private Skip failedStart() {
        try {
            open(CONFIG).close();
        } catch (ReplayFailed e) {
            Matcher named = Pattern.compile("skip it: (\\S+)").matcher(e.hint());
            assertThat(named.find()).as(e.hint()).isTrue();
            return Skip.parse(String.valueOf(named.group(1)));
        }
        throw new AssertionError("a poisonous event was applied");
    }

    private JournaledApplication<Long, Long> open(JournalConfig config) {
        return JournaledApplication.open(PROGRAM, config, ports());
    }

    private JournalPorts ports() {
        return new JournalPorts(disk, time);
    }

    private static long total(JournaledApplication<Long, Long> of) {
        return ((Touchy) of.applier().application()).total;
    }

    /** Adds; one event it cannot bear, which it finds out too late. */
    private static final class Touchy implements Application<Long, Long> {
        static final long POISON = 13;

        private long total;

        @Override
        public void apply(Long event, EventContext context, Reports<Long> reports) {
            total += event;
            if (event == POISON) {
                throw new IllegalStateException("poison");
            }
        }

        @Override
        public Application<Long, Long> fresh() {
            return new Touchy();
        }

        @Override
        public void snapshot(SnapshotWriter out) throws IOException {
            out.writeLong(total);
        }

        @Override
        public void restore(SnapshotReader in, int version) throws IOException {
            total = in.readLong();
        }
    }
}
