package io.melin.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class StallWatchTest {
    private static final long LIMIT_NS = 1_000;
    private static final long DAY_NS = 86_400_000_000_000L;

    private final Stage disk = new Stage();
    private final Stage response = new Stage();
    private final StallWatch watch =
            new StallWatch(
                    List.of(
                            new StallProbe("disk", disk::progress, disk::hasWork, LIMIT_NS),
                            new StallProbe(
                                    "response", response::progress, response::hasWork, LIMIT_NS)));

    @Test
    void namesAStageThatHasWorkAndDoesNotGetOn() {
        disk.hasWork = true;

        assertThat(watch.check(0)).isNull();
        assertThat(watch.check(250)).isNull();
        assertThat(watch.check(500)).isNull();
        assertThat(watch.check(750)).isNull();
        assertThat(watch.check(999)).isNull();
        assertThat(watch.check(1_000)).isEqualTo("disk");
        assertThat(watch.check(1_250)).isEqualTo("disk");
    }

    @Test
    void leavesAnIdleStageAlone() {
        for (long nowNs = 0; nowNs < 100 * LIMIT_NS; nowNs += 100) {
            assertThat(watch.check(nowNs)).isNull();
        }
    }

    @Test
    void givesWorkAfterALongIdleTheWholeLimit() { // W1
        watch.check(0);
        watch.check(DAY_NS);
        disk.hasWork = true;

        assertThat(watch.check(DAY_NS + 250)).isNull();
        assertThat(watch.check(DAY_NS + 500)).isNull();
        assertThat(watch.check(DAY_NS + 750)).isNull();
        assertThat(watch.check(DAY_NS + 1_000)).isNull();
        assertThat(watch.check(DAY_NS + 1_250)).isEqualTo("disk");
    }

    @Test
    void startsAnewWithEveryStepOfProgress() { // W1
        disk.hasWork = true;
        for (long nowNs = 0; nowNs < 50 * LIMIT_NS; nowNs += 250) {
            if (nowNs % 750 == 0) {
                disk.progress++;
            }
            assertThat(watch.check(nowNs)).isNull();
        }
    }

    @Test
    void doesNotBlameAStageForTheSleepOfTheWholeMachine() { // W2
        disk.hasWork = true;
        watch.check(0);

        assertThat(watch.check(DAY_NS)).isNull();
        disk.progress++;

        assertThat(watch.check(DAY_NS + 250)).isNull();
    }

    @Test
    void findsAStallInFourChecksHoweverRareTheyAre() { // W2
        disk.hasWork = true;
        watch.check(0);

        assertThat(watch.check(DAY_NS)).isNull();
        assertThat(watch.check(2 * DAY_NS)).isNull();
        assertThat(watch.check(3 * DAY_NS)).isNull();
        assertThat(watch.check(4 * DAY_NS)).isEqualTo("disk");
    }

    @Test
    void namesTheFirstInTheOrderGiven() {
        disk.hasWork = true;
        response.hasWork = true;

        assertThat(stalledAfterLimit()).isEqualTo("disk");
        disk.progress++;
        assertThat(watch.check(1_250)).isEqualTo("response");
    }

    @Test
    void recoversWhenTheStageGetsOn() {
        disk.hasWork = true;
        assertThat(stalledAfterLimit()).isEqualTo("disk");

        disk.progress++;

        assertThat(watch.check(1_250)).isNull();
    }

    @Test
    void isNotMovedByAClockThatGoesBack() {
        disk.hasWork = true;
        watch.check(DAY_NS);

        for (int check = 1; check < 10; check++) {
            assertThat(watch.check(DAY_NS - check)).isNull();
        }
    }

    @Test
    void refusesALimitThatCannotBeQuartered() {
        assertThatThrownBy(() -> new StallProbe("disk", disk::progress, disk::hasWork, 3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("name=disk, limitNs=3");
    }

    private String stalledAfterLimit() {
        watch.check(0);
        watch.check(250);
        watch.check(500);
        watch.check(750);
        return String.valueOf(watch.check(1_000));
    }

    private static final class Stage {
        private long progress;
        private boolean hasWork;

        long progress() {
            return progress;
        }

        boolean hasWork() {
            return hasWork;
        }
    }
}
