package io.melin.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.melin.testing.AllocatedBytes;
import io.melin.testing.Seeds;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class LatencyTraceTest {
    private static final int ONE_IN = 4;

    private final Bench bench = new Bench(Sampling.oneIn(ONE_IN));

    @Test
    void dividesAnEventsTimeAmongTheStages() {
        bench.stamp(8, 1_000, 1_010, 1_030, 1_100, 1_050);
        bench.trace.responded(8, 1_105);

        TraceRecord record = bench.only();
        assertThat(record).isEqualTo(new TraceRecord(8, 1_000, 1_010, 1_030, 1_100, 1_050, 1_105));
        assertThat(record.spanNs(StageTag.INGRESS)).hasValue(10);
        assertThat(record.spanNs(StageTag.JOURNAL)).hasValue(20);
        assertThat(record.spanNs(StageTag.DISK)).hasValue(70);
        assertThat(record.spanNs(StageTag.APPLICATION)).hasValue(40);
        assertThat(record.spanNs(StageTag.RESPONSE)).hasValue(5);
        assertThat(record.spanNs(StageTag.SHADOW)).isEmpty();
        assertThat(record.endToEndNs()).isEqualTo(105);
        for (StageTag stage : StageTag.TRACED) {
            assertThat(bench.trace.stage(stage).total()).isEqualTo(1);
            assertThat(bench.trace.stage(stage).sumNs())
                    .isEqualTo(record.spanNs(stage).getAsLong());
        }
        assertThat(bench.trace.endToEnd().sumNs()).isEqualTo(105);
        assertThat(bench.trace.discarded()).isZero();
    }

    /** E1 on random events, tickers that wrap around included. */
    @TestFactory
    Stream<DynamicTest> makesTheStagesSumUpToTheEndToEndTime() {
        return Seeds.each(LatencyTraceTest.class, LatencyTraceTest::checkSums);
    }

    private static void checkSums(Random random, String repro) {
        Bench bench = new Bench(Sampling.oneIn(ONE_IN));
        for (int event = 1; event <= 5_000; event++) {
            // Odd, and even steps: the ticker wraps around without hitting the value given up.
            long received = random.nextBoolean() ? random.nextLong() | 1 : Long.MAX_VALUE - 50;
            long published = received + 2 * random.nextInt(50);
            long framed = published + 2 * random.nextInt(50);
            long durable = framed + 2 * random.nextInt(50);
            long applied = published + 2 * random.nextInt(100);
            long last = durable - applied > 0 ? durable : applied;
            bench.stamp(event * 4L, received, published, framed, durable, applied);
            bench.trace.responded(event * 4L, last + 2 * random.nextInt(25));

            TraceRecord record = bench.trace.log().last().get(0);
            assertThat(record.sequence()).as(repro).isEqualTo(event * 4L);
            assertThat(sum(record)).as(repro + " " + record).isEqualTo(record.endToEndNs());
        }
        assertThat(bench.trace.discarded()).as(repro).isZero();
        assertThat(bench.trace.endToEnd().total()).isEqualTo(5_000);
        // Every event's maximum is at least either branch, so the sums of the counts are bounded
        // too.
        assertThat(
                        sum(bench, StageTag.INGRESS)
                                + Math.max(
                                        sum(bench, StageTag.APPLICATION),
                                        sum(bench, StageTag.JOURNAL) + sum(bench, StageTag.DISK))
                                + sum(bench, StageTag.RESPONSE))
                .as(repro)
                .isLessThanOrEqualTo(bench.trace.endToEnd().sumNs());
    }

    private static long sum(Bench bench, StageTag stage) {
        return bench.trace.stage(stage).sumNs();
    }

    private static long sum(TraceRecord record) {
        long journalAndDisk =
                record.spanNs(StageTag.JOURNAL).orElseThrow()
                        + record.spanNs(StageTag.DISK).orElseThrow();
        return record.spanNs(StageTag.INGRESS).orElseThrow()
                + Math.max(record.spanNs(StageTag.APPLICATION).orElseThrow(), journalAndDisk)
                + record.spanNs(StageTag.RESPONSE).orElseThrow();
    }

    @Test
    void ignoresEventsThatAreNotSampled() {
        for (long sequence : new long[] {1, 2, 3, 5}) {
            bench.stamp(sequence, 10, 20, 30, 40, 50);
            bench.trace.responded(sequence, 60);
            assertThat(bench.trace.isSampled(sequence)).isFalse();
        }

        assertThat(bench.trace.log().last()).isEmpty();
        assertThat(bench.trace.endToEnd().total()).isZero();
        assertThat(bench.trace.discarded()).isZero();
    }

    @Test
    void countsTheEndToEndTimeOfTheOthersWhereItIsTold() {
        bench.trace.recordEndToEnd(300);
        bench.stamp(8, 0, 10, 20, 30, 40);
        bench.trace.responded(8, 50);

        assertThat(bench.trace.endToEnd().total()).isEqualTo(2);
        assertThat(bench.trace.endToEnd().sumNs()).isEqualTo(350);
        assertThat(bench.trace.stage(StageTag.INGRESS).total()).isEqualTo(1);
    }

    @Test
    void doesNothingWhenOff() {
        Bench off = new Bench(Sampling.OFF);

        for (long sequence = 1; sequence < 100; sequence++) {
            off.stamp(sequence, 1, 2, 3, 4, 5);
            off.trace.responded(sequence, 6);
        }

        assertThat(off.trace.endToEnd().total()).isZero();
        assertThat(off.trace.log().last()).isEmpty();
        assertThat(off.trace.discarded()).isZero();
    }

    /**
     * E1 of {@link Spans}: a replica's copy opened the gate; the own disk had not synced, or had
     * only just not.
     */
    @ParameterizedTest
    @CsvSource({"-1", "151"})
    void leavesOutADiskThatTheAnswerDidNotWaitFor(long durableNs) {
        bench.stamp(8, 100, 110, 120, TraceStamps.ABSENT, 140);
        if (durableNs > 0) {
            bench.writer(TracePoint.DURABLE).record(8, durableNs);
        }
        bench.trace.responded(8, 150);

        TraceRecord record = bench.only();
        assertThat(record.durableNs()).isEqualTo(TraceStamps.ABSENT);
        assertThat(record.spanNs(StageTag.DISK)).isEmpty();
        assertThat(record.spanNs(StageTag.JOURNAL)).hasValue(10);
        assertThat(record.spanNs(StageTag.RESPONSE)).hasValue(10);
        assertThat(bench.trace.stage(StageTag.DISK).total()).isZero();
        assertThat(
                        record.spanNs(StageTag.INGRESS).orElseThrow()
                                + record.spanNs(StageTag.APPLICATION).orElseThrow()
                                + record.spanNs(StageTag.RESPONSE).orElseThrow())
                .isEqualTo(record.endToEndNs());
    }

    @Test
    void leavesOutAJournalThatTheAnswerDidNotWaitFor() {
        bench.stamp(8, 100, 110, 151, TraceStamps.ABSENT, 140);
        bench.trace.responded(8, 150);

        assertThat(bench.only().spanNs(StageTag.JOURNAL)).isEmpty();
        assertThat(bench.trace.stage(StageTag.JOURNAL).total()).isZero();
    }

    @ParameterizedTest
    @EnumSource(
            value = TracePoint.class,
            names = {"RECEIVED", "PUBLISHED", "FRAMED", "APPLIED"})
    void discardsAnEventWithoutAStampThatItsAnswerImplies(TracePoint missing) {
        long[] at = {100, 110, 120, 130, 140};
        at[missing.ordinal()] = TraceStamps.ABSENT;
        bench.stamp(8, at);
        bench.trace.responded(8, 150);

        bench.assertDiscarded();
    }

    @ParameterizedTest
    @CsvSource({
        "111, 110, 120, 130, 140",
        "100, 121, 120, 130, 140",
        "100, 110, 131, 130, 140",
        "100, 110, 120, 130, 109",
        "100, 110, 120, 130, 151",
    })
    void discardsAnEventWhoseTimeRunsBackwards(
            long received, long published, long framed, long durable, long applied) {
        bench.stamp(8, received, published, framed, durable, applied);
        bench.trace.responded(8, 150);

        bench.assertDiscarded();
    }

    @Test
    void discardsAnEventWhoseStampsWereOverwritten() {
        bench.stamp(8, 100, 110, 120, 130, 140);
        for (int newer = 1; newer <= 64; newer++) {
            bench.writer(TracePoint.PUBLISHED).record(8L + 4L * newer, 1);
        }
        bench.trace.responded(8, 150);

        bench.assertDiscarded();
    }

    @Test
    void hasNoSpanForTheShadow() {
        assertThatThrownBy(() -> bench.trace.stage(StageTag.SHADOW))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("stage=shadow");
    }

    @Test
    void namesTheStagesAsMetersDo() {
        assertThat(Stream.of(StageTag.values()).map(StageTag::text))
                .containsExactly("ingress", "journal", "disk", "application", "response", "shadow");
    }

    @Test
    void allocatesNothing() {
        Bench all = new Bench(Sampling.oneIn(1));
        long[] at = new long[5];

        long allocated =
                AllocatedBytes.during(() -> {
                    for (long sequence = 1; sequence <= 1_000_000; sequence++) {
                        for (int point = 0; point < at.length; point++) {
                            at[point] = sequence * 100 + point * (sequence & 7);
                        }
                        all.stamp(sequence, at);
                        all.trace.responded(sequence, sequence * 100 + 50);
                    }
                });

        assertThat(allocated).isZero();
        assertThat(all.trace.endToEnd().total()).isEqualTo(2_000_000);
    }

    /** A trace with all its writers in one hand. */
    private static final class Bench {
        private final LatencyTrace trace;
        private final Map<TracePoint, StampWriter> byPoint = new EnumMap<>(TracePoint.class);
        private final StampWriter[] writers;

        Bench(Sampling sampling) {
            TraceStamps stamps = new TraceStamps(sampling, 64);
            trace = new LatencyTrace(stamps, new TraceLog(4, 4));
            for (TracePoint point : TracePoint.values()) {
                if (point != TracePoint.RESPONDED) {
                    byPoint.put(point, stamps.writer(point));
                }
            }
            writers = byPoint.values().toArray(StampWriter[]::new);
        }

        StampWriter writer(TracePoint point) {
            return Objects.requireNonNull(byPoint.get(point));
        }

        void stamp(long sequence, long... at) {
            for (int point = 0; point < at.length; point++) {
                if (at[point] != TraceStamps.ABSENT) {
                    writers[point].record(sequence, at[point]);
                }
            }
        }

        TraceRecord only() {
            List<TraceRecord> records = trace.log().last();
            assertThat(records).hasSize(1).isEqualTo(trace.log().slowest());
            return records.get(0);
        }

        void assertDiscarded() {
            assertThat(trace.discarded()).isEqualTo(1);
            assertThat(trace.log().last()).isEmpty();
            assertThat(trace.endToEnd().total()).isZero();
        }
    }
}
