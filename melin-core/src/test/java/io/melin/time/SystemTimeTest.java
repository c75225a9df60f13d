package io.melin.time;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SystemTimeTest {
    private static final long SECOND_NS = 1_000_000_000L;

    @Test
    void tellsTheWallClockInNanosecondsOfTheEpoch() {
        long before = Instant.now().getEpochSecond();
        long epochNs = SystemTime.INSTANCE.epochNs();
        long after = Instant.now().getEpochSecond();

        assertThat(epochNs).isBetween((before - 1) * SECOND_NS, (after + 2) * SECOND_NS);
    }

    @Test
    void ticksWithoutEverGoingBack() {
        long last = SystemTime.INSTANCE.tickerNs();
        for (int i = 0; i < 10_000; i++) {
            long next = SystemTime.INSTANCE.tickerNs();
            assertThat(next - last).isNotNegative();
            last = next;
        }
    }

    @Test
    void allocatesNothingThatGrowsWithTheNumberOfReadings() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        int readings = 1_000_000;
        long sum = read(10_000);
        long before = threads.getCurrentThreadAllocatedBytes();
        sum += read(readings);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;

        assertThat(allocated / (double) readings).as("bytes per reading").isLessThan(0.01);
        assertThat(sum).isNotZero();
    }

    private static long read(int readings) {
        long sum = 0;
        for (int i = 0; i < readings; i++) {
            sum ^= SystemTime.INSTANCE.epochNs() + i;
        }
        return sum;
    }
}
