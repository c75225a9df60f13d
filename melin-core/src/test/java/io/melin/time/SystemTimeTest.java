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

    /** A slow node must not allocate more an event: twenty checks here, and a few anchors at most. */
    @Test
    void allocatesHardlyAnythingWithTime() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long sum = read(10_000);
        long before = threads.getCurrentThreadAllocatedBytes();
        long startedNs = System.nanoTime();
        while (System.nanoTime() - startedNs < 2 * SECOND_NS) {
            sum += read(100);
        }
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;

        assertThat(allocated).as("bytes in two seconds").isLessThan(240);
        assertThat(sum).isNotZero();
    }

    /** All but those for which the thread lost its core between the two clocks. */
    @Test
    void staysWithinTwoMillisecondsOfTheWallClock() throws InterruptedException {
        int close = 0;
        for (int i = 0; i < 30; i++) {
            Thread.sleep(20);
            long before = System.currentTimeMillis();
            long read = SystemTime.INSTANCE.epochNs() / 1_000_000;
            long after = System.currentTimeMillis();
            close += read >= before - 2 && read <= after + 2 ? 1 : 0;
        }
        assertThat(close).isGreaterThan(20);
    }

    private static long read(int readings) {
        long sum = 0;
        for (int i = 0; i < readings; i++) {
            sum ^= SystemTime.INSTANCE.epochNs() + i;
        }
        return sum;
    }
}
