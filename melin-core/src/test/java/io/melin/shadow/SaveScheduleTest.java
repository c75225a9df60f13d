package io.melin.shadow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SaveScheduleTest {
    private static final long SECOND = 1_000_000_000;

    private final SaveSchedule schedule =
            new SaveSchedule(
                    new SnapshotConfig(ShadowMode.ON, Duration.ofSeconds(10), 100, 5_000, 2));

    /** S1, also after any time. */
    @Test
    void isNeverDueWithoutANewEntry() {
        assertThat(schedule.isDue(1_000 * SECOND)).isFalse();
        assertThat(schedule.dueNs()).isEqualTo(SaveSchedule.NEVER);
        schedule.applied(10, 0);
        schedule.saved(0, 20 * SECOND);
        assertThat(schedule.isDue(1_000 * SECOND)).isFalse();
        assertThat(schedule.dueNs()).isEqualTo(SaveSchedule.NEVER);
    }

    @Test
    void isDueAnIntervalAfterTheFirstEntryThatNoSnapshotHolds() {
        schedule.applied(10, 5 * SECOND);
        schedule.applied(10, 14 * SECOND);
        assertThat(schedule.isDue(15 * SECOND - 1)).isFalse();
        assertThat(schedule.isDue(15 * SECOND)).isTrue();
        assertThat(schedule.dueNs()).isEqualTo(15 * SECOND);
    }

    @Test
    void isDueWithEnoughEntriesOrEnoughBytes() {
        for (int i = 0; i < 99; i++) {
            schedule.applied(10, i);
        }
        assertThat(schedule.isDue(99)).isFalse();
        schedule.applied(10, 99);
        assertThat(schedule.isDue(99)).isTrue();
        assertThat(schedule.dueNs()).isEqualTo(99);

        schedule.saved(0, 100);
        schedule.applied(4_999, 200);
        assertThat(schedule.isDue(200)).isFalse();
        schedule.applied(1, 201);
        assertThat(schedule.isDue(201)).isTrue();
    }

    /** What came during a save waits since the save began. */
    @Test
    void countsFromTheBeginningOfASaveWhatCameMeanwhile() {
        schedule.applied(10, 0);
        schedule.saved(1, 10 * SECOND);
        schedule.pending(19 * SECOND);
        schedule.applied(10, 19 * SECOND);

        assertThat(schedule.dueNs()).isEqualTo(20 * SECOND);
    }

    /** S4: however long ago it was due. */
    @Test
    void isNotDueBeforeTheStateHasWhatCameDuringTheLastSave() {
        schedule.applied(10, 0);
        schedule.saved(250, 10 * SECOND);
        for (int i = 0; i < 249; i++) {
            schedule.applied(10, 50 * SECOND);
            assertThat(schedule.isDue(60 * SECOND)).isFalse();
            assertThat(schedule.dueNs()).isEqualTo(20 * SECOND);
        }
        schedule.applied(10, 50 * SECOND);
        assertThat(schedule.isDue(60 * SECOND)).isTrue();

        schedule.saved(0, 70 * SECOND);
        schedule.applied(10, 80 * SECOND);
        assertThat(schedule.isDue(90 * SECOND)).isTrue();
    }

    /** S2 and S3. */
    @Test
    void staysDueAfterFailuresAndWaitsTwiceAsLongEachTime() {
        schedule.applied(10, 0);
        long now = 10 * SECOND;
        long waitNs = SaveSchedule.BACKOFF_NS_FIRST;
        for (int failure = 0; failure < 12; failure++) {
            assertThat(schedule.isDue(now)).isTrue();
            schedule.failed(now);
            assertThat(schedule.isDue(now + waitNs - 1)).isFalse();
            assertThat(schedule.dueNs()).as("still due since").isEqualTo(10 * SECOND);
            now += waitNs;
            waitNs = Math.min(2 * waitNs, SaveSchedule.BACKOFF_NS_MAX);
        }
        schedule.saved(0, now);
        schedule.applied(10, now);
        assertThat(schedule.isDue(now + 10 * SECOND)).as("a success forgets").isTrue();
    }

    @Test
    void refusesWhatMakesNoSense() {
        assertThatThrownBy(() -> new SnapshotConfig(ShadowMode.ON, Duration.ZERO, 1, 1, 2))
                .hasMessageContaining("interval=PT0S");
        Duration minute = Duration.ofMinutes(1);
        assertThatThrownBy(() -> new SnapshotConfig(ShadowMode.ON, minute, 0, 1, 2))
                .hasMessageContaining("entries=0");
        assertThatThrownBy(() -> new SnapshotConfig(ShadowMode.ON, minute, 1, 0, 2))
                .hasMessageContaining("bytes=0");
        assertThatThrownBy(() -> new SnapshotConfig(ShadowMode.ON, minute, 1, 1, 1))
                .hasMessageContaining("keep=1");
    }
}
