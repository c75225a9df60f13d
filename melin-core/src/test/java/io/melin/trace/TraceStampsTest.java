package io.melin.trace;

import static io.melin.trace.TraceStamps.ABSENT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.melin.testing.AllocatedBytes;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TraceStampsTest {
    private static final TracePoint POINT = TracePoint.FRAMED;

    @Test
    void findsAStampBySequenceAndPoint() {
        TraceStamps stamps = new TraceStamps(Sampling.oneIn(4), 64);
        stamps.writer(TracePoint.FRAMED).record(8, 700);
        stamps.writer(TracePoint.APPLIED).record(8, -900);

        assertThat(stamps.at(TracePoint.FRAMED, 8)).isEqualTo(700);
        assertThat(stamps.at(TracePoint.APPLIED, 8)).isEqualTo(-900);
        assertThat(stamps.at(TracePoint.DURABLE, 8)).isEqualTo(ABSENT);
        assertThat(stamps.at(TracePoint.FRAMED, 12)).isEqualTo(ABSENT);
    }

    @Test
    void recordsNothingThatIsNotSampled() {
        TraceStamps stamps = new TraceStamps(Sampling.oneIn(4), 64);
        StampWriter writer = stamps.writer(POINT);

        for (long sequence = 1; sequence <= 7; sequence++) {
            writer.record(sequence, 100);
            assertThat(writer.isSampled(sequence)).isEqualTo(sequence == 4);
        }

        assertThat(stamps.at(POINT, 4)).isEqualTo(100);
        for (long sequence : new long[] {1, 2, 3, 5, 6, 7}) {
            assertThat(stamps.at(POINT, sequence)).isEqualTo(ABSENT);
        }
    }

    @Test
    void stampsTheSampledEventsOfABatch() {
        TraceStamps stamps = new TraceStamps(Sampling.oneIn(4), 64);
        StampWriter writer = stamps.writer(POINT);

        writer.recordRange(5, 16, 300);

        assertThat(stamps.at(POINT, 4)).isEqualTo(ABSENT);
        assertThat(stamps.at(POINT, 8)).isEqualTo(300);
        assertThat(stamps.at(POINT, 12)).isEqualTo(300);
        assertThat(stamps.at(POINT, 16)).isEqualTo(300);
        assertThat(stamps.at(POINT, 20)).isEqualTo(ABSENT);
    }

    @ParameterizedTest
    @CsvSource({"1,3,false", "1,4,true", "4,4,true", "5,7,false", "5,4,false", "5,100,true"})
    void saysWhetherABatchHoldsASampledEvent(long first, long last, boolean any) {
        StampWriter writer = new TraceStamps(Sampling.oneIn(4), 64).writer(POINT);

        assertThat(writer.anySampled(first, last)).isEqualTo(any);
    }

    @Test
    void doesNothingWhenOff() {
        TraceStamps stamps = new TraceStamps(Sampling.OFF, 1 << 20);
        StampWriter writer = stamps.writer(POINT);

        writer.record(1, 5);
        writer.recordRange(1, 1_000, 5);

        assertThat(writer.anySampled(1, 1L << 40)).isFalse();
        assertThat(stamps.at(POINT, 1)).isEqualTo(ABSENT);
        assertThat(stamps.at(POINT, 1_000)).isEqualTo(ABSENT);
    }

    @Test
    void forgetsTheOverwritten() { // R1
        TraceStamps stamps = new TraceStamps(Sampling.oneIn(1), 2);
        StampWriter writer = stamps.writer(POINT);

        writer.recordRange(1, 100, 9);

        assertThat(stamps.at(POINT, 100)).isEqualTo(9);
        assertThat(stamps.at(POINT, 1)).isEqualTo(ABSENT);
    }

    @ParameterizedTest
    @CsvSource({"1,1", "1,7", "2,16", "64,8192", "64,100", "1024,10"})
    void remembersAllThatCanBeInFlight(int oneIn, int inFlight) {
        TraceStamps stamps = new TraceStamps(Sampling.oneIn(oneIn), inFlight);
        StampWriter writer = stamps.writer(POINT);

        for (long newest = 1; newest < 40L * Math.max(oneIn, inFlight); newest++) {
            writer.record(newest, newest * 3);
            long oldest = Math.max(1, newest - inFlight + 1);
            long sampled = stamps.sampling().next(oldest);
            if (sampled <= newest) {
                assertThat(stamps.at(POINT, sampled)).isEqualTo(sampled * 3);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(TracePoint.class)
    void givesEachPointOneWriter(TracePoint point) {
        TraceStamps stamps = new TraceStamps(Sampling.oneIn(1), 8);
        if (point != TracePoint.RESPONDED) {
            stamps.writer(point);
        }

        assertThatThrownBy(() -> stamps.writer(point))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(point.name());
    }

    /** R1 under a race: who asks while the one slot is overwritten gets the truth or nothing. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void neverJoinsOneSequenceToAnothersTime(int ahead) throws InterruptedException {
        TraceStamps stamps = new TraceStamps(Sampling.oneIn(1), 1);
        StampWriter writer = stamps.writer(POINT);
        AtomicLong newest = new AtomicLong(1);
        AtomicBoolean isSeen = new AtomicBoolean(ahead > 0);
        Thread stage =
                new Thread(() -> {
                    // However seldom the other side runs, it must find something.
                    for (long sequence = 1; sequence <= 10_000_000 || !isSeen.get(); sequence++) {
                        newest.lazySet(sequence);
                        writer.record(sequence, sequence * 31);
                    }
                });
        stage.start();
        long found = 0;
        while (stage.isAlive()) {
            long sequence = newest.get() + ahead;
            for (int repeat = 0; repeat < 20; repeat++) {
                long ns = stamps.at(POINT, sequence);
                if (ns != ABSENT && ns != sequence * 31) {
                    assertThat(ns).as("of sequence %d", sequence).isEqualTo(sequence * 31);
                }
                found += ns != ABSENT ? 1 : 0;
            }
            isSeen.compareAndSet(false, found > 0);
        }
        stage.join();
        assertThat(found + ahead).isPositive();
    }

    @Test
    void allocatesNothing() {
        StampWriter writer = new TraceStamps(Sampling.oneIn(64), 1 << 13).writer(POINT);

        long allocated =
                AllocatedBytes.during(() -> {
                    for (long sequence = 1; sequence <= 1_000_000; sequence++) {
                        writer.record(sequence, sequence);
                        writer.recordRange(sequence, sequence + 100, sequence);
                    }
                });

        assertThat(allocated).isZero();
    }
}
