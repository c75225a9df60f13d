package io.melin.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.melin.testing.AllocatedBytes;
import io.melin.testing.Seeds;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TraceLogTest {

    @Test
    void isEmptyAtFirst() {
        assertThat(new TraceLog().last()).isEmpty();
        assertThat(new TraceLog().slowest()).isEmpty();
    }

    @Test
    void keepsTheLastNewestFirst() {
        TraceLog log = new TraceLog(3, 1);
        for (long sequence = 1; sequence <= 10; sequence++) {
            log.add(sequence, stamps(sequence, 5));
        }

        assertThat(log.last()).extracting(TraceRecord::sequence).containsExactly(10L, 9L, 8L);
    }

    @Test
    void keepsByDefaultAsManyAsDocumented() {
        TraceLog log = new TraceLog();
        for (long sequence = 1; sequence <= 1_000; sequence++) {
            log.add(sequence, stamps(sequence, sequence));
        }

        assertThat(log.last()).hasSize(128);
        assertThat(log.slowest()).hasSize(32);
    }

    @TestFactory
    Stream<DynamicTest> keepsTheSlowestOfAll() {
        return Seeds.each(TraceLogTest.class, TraceLogTest::compareSlowest);
    }

    private static void compareSlowest(Random random, String repro) {
        for (int round = 0; round < 100; round++) {
            int kept = 1 + random.nextInt(10);
            TraceLog log = new TraceLog(1, kept);
            List<Long> all = new ArrayList<>();
            int records = random.nextInt(60);
            for (long sequence = 1; sequence <= records; sequence++) {
                long endToEndNs = random.nextInt(1_000);
                all.add(endToEndNs);
                log.add(sequence, stamps(sequence, endToEndNs));
            }
            all.sort(Comparator.reverseOrder());

            assertThat(log.slowest())
                    .as(repro)
                    .extracting(TraceRecord::endToEndNs)
                    .containsExactlyElementsOf(all.subList(0, Math.min(kept, records)));
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "1, 0", "-1, 1"})
    void needsRoom(int last, int slowest) {
        assertThatThrownBy(() -> new TraceLog(last, slowest))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("last=" + last + ", slowest=" + slowest);
    }

    /** L1: few slots, so that the writer is on the reader's heels all the time. */
    @Test
    void showsNoTornRecordBesideTheWriter() throws InterruptedException {
        TraceLog log = new TraceLog(2, 2);
        Thread stage =
                new Thread(() -> {
                    long[] at = new long[Spans.POINTS];
                    for (long sequence = 1; sequence <= 2_000_000; sequence++) {
                        fill(at, sequence, sequence);
                        log.add(sequence, at);
                    }
                });
        stage.start();
        long seen = 0;
        while (stage.isAlive()) {
            seen += assertWhole(log.last());
            seen += assertWhole(log.slowest());
        }
        stage.join();
        assertThat(seen).isPositive();
        assertThat(log.last()).extracting(TraceRecord::sequence).contains(2_000_000L);
    }

    private static long assertWhole(List<TraceRecord> records) {
        for (TraceRecord record : records) {
            long[] at = stamps(record.sequence(), record.sequence());
            TraceRecord whole =
                    new TraceRecord(record.sequence(), at[0], at[1], at[2], at[3], at[4], at[5]);
            if (!record.equals(whole)) {
                assertThat(record).isEqualTo(whole);
            }
        }
        return records.size();
    }

    @Test
    void allocatesNothing() {
        TraceLog log = new TraceLog();
        long[] at = new long[Spans.POINTS];

        long allocated =
                AllocatedBytes.during(() -> {
                    for (long sequence = 1; sequence <= 1_000_000; sequence++) {
                        fill(at, sequence, sequence & 0xffff);
                        log.add(sequence, at);
                    }
                });

        assertThat(allocated).isZero();
    }

    private static long[] stamps(long sequence, long endToEndNs) {
        long[] at = new long[Spans.POINTS];
        fill(at, sequence, endToEndNs);
        return at;
    }

    /** Every stamp tells the sequence, so that a stranger among them shows. */
    private static void fill(long[] at, long sequence, long endToEndNs) {
        for (int point = 0; point < Spans.RESPONDED; point++) {
            at[point] = sequence * 1_000_003 + point;
        }
        at[Spans.RESPONDED] = at[Spans.RECEIVED] + endToEndNs;
    }
}
