package io.melin.time;

import static org.assertj.core.api.Assertions.assertThat;

import io.melin.testing.Seeds;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class JournaledClockTest {
    @Test
    void stampsAnEventWithTheWallClockThatMovesOn() {
        JournaledClock clock = new JournaledClock(0);

        assertThat(clock.stampEvent(100)).isEqualTo(100);
        assertThat(clock.stampEvent(107)).isEqualTo(107);
        assertThat(clock.lastNs()).isEqualTo(107);
    }

    @Test
    void holdsEventsWhereTheWallClockStepsBack() {
        JournaledClock clock = new JournaledClock(0);
        clock.stampEvent(100);

        assertThat(clock.stampEvent(40)).as("T1").isEqualTo(100);
        assertThat(clock.stampEvent(99)).as("T1").isEqualTo(100);
    }

    @Test
    void movesATickStrictlyOnWhateverTheWallClockSays() {
        JournaledClock clock = new JournaledClock(0);
        clock.stampEvent(100);

        assertThat(clock.stampTick(40)).as("T2").isEqualTo(101);
        assertThat(clock.stampTick(101)).as("T2").isEqualTo(102);
        assertThat(clock.stampTick(500)).as("T2").isEqualTo(500);
        assertThat(clock.stampEvent(0)).as("T1").isEqualTo(500);
    }

    @Test
    void goesOnFromTheRecoveredTimeAfterARestartWithASteppedBackClock() {
        JournaledClock clock = new JournaledClock(1_000);

        assertThat(clock.stampEvent(10)).isEqualTo(1_000);
        assertThat(clock.stampTick(10)).isEqualTo(1_001);
    }

    @TestFactory
    Stream<DynamicTest> neverMovesBackOnARandomWallClock() {
        return Seeds.each(JournaledClockTest.class, JournaledClockTest::walk);
    }

    private static void walk(Random random, String repro) {
        JournaledClock clock = new JournaledClock(0);
        long wallNs = 1_000_000;
        for (int i = 0; i < 10_000; i++) {
            wallNs += random.nextInt(1_000) - 480;
            long before = clock.lastNs();
            boolean tick = random.nextInt(4) == 0;
            long stamp = tick ? clock.stampTick(wallNs) : clock.stampEvent(wallNs);
            assertThat(stamp).as(repro).isEqualTo(Math.max(before + (tick ? 1 : 0), wallNs));
            if (random.nextInt(100) == 0) {
                clock = new JournaledClock(clock.lastNs());
            }
        }
    }
}
