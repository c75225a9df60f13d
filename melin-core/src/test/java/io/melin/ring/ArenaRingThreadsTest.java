package io.melin.ring;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class ArenaRingThreadsTest {
    private static final long LAST = Long.MAX_VALUE;

    /** R1 and R3 between threads: any overwritten or half-written byte spoils a checksum. */
    @Test
    void handsTheSameContentToEveryReader() throws Exception {
        handsOver(new Random().nextLong());
    }

    private static void handsOver(long seed) throws Exception {
        System.out.println(
                "ArenaRingThreadsTest: seed=" + seed + ", repeat with handsOver(" + seed + "L)");
        ArenaRing<InputSlot> ring = ArenaRing.input(new ArenaRing.Config("input", 64, 4096, 300));
        RingReader<InputSlot> fast = ring.reader("fast");
        RingReader<InputSlot> slow = ring.reader("slow");
        ExecutorService threads = Executors.newFixedThreadPool(2);

        try {
            List<Future<Long>> sums = new ArrayList<>();
            sums.add(threads.submit(() -> readAll(fast, 64)));
            sums.add(threads.submit(() -> readAll(slow, 1)));
            long written = writeAll(ring, new Random(seed), 500_000);

            for (Future<Long> sum : sums) {
                assertThat(sum.get()).isEqualTo(written);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /** Writer and reader in turn on one thread, so that nothing but the ring can allocate. */
    @Test
    void allocatesNothingPerEvent() {
        ArenaRing<InputSlot> ring =
                ArenaRing.input(new ArenaRing.Config("input", 1024, 1 << 16, 256));
        RingReader<InputSlot> reader = ring.reader("reader");
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long self = Thread.currentThread().getId();
        long sum = exchange(ring, reader, 200_000);

        long before = threads.getThreadAllocatedBytes(self);
        sum += exchange(ring, reader, 1_000_000);
        long allocated = threads.getThreadAllocatedBytes(self) - before;

        assertThat(sum).isEqualTo(200_000L * 199_999 / 2 + 1_000_000L * 999_999 / 2);
        // A hundredth of a byte each: the JVM itself allocates a kilobyte or two, once.
        assertThat(allocated).isLessThan(10_000);
    }

    private static long exchange(ArenaRing<InputSlot> ring, RingReader<InputSlot> reader, int n) {
        long sum = 0;
        int sent = 0;
        int received = 0;
        while (received < n) {
            while (sent < n) {
                InputSlot slot = ring.tryClaim(8 + sent % 200);
                if (slot == null) {
                    break;
                }
                ring.payload(slot).putLong(sent);
                sent++;
            }
            ring.publish();
            int count = reader.available(512);
            for (int i = 0; i < count; i++) {
                sum += reader.payload(reader.peek(i)).getLong();
            }
            reader.release(count);
            received += count;
        }
        return sum;
    }

    private static long writeAll(ArenaRing<InputSlot> ring, Random random, int events) {
        long sum = 0;
        for (int i = 1; i <= events; i++) {
            int length = random.nextInt(10) == 0 ? random.nextInt(301) : random.nextInt(40);
            InputSlot slot = claim(ring, length);
            ByteBuffer payload = ring.payload(slot);
            while (payload.hasRemaining()) {
                byte next = (byte) random.nextInt();
                payload.put(next);
                sum = 31 * sum + next;
            }
            sum = 31 * sum + i;
            slot.sequence(i);
            if (i % 7 == 0) {
                ring.publish();
            }
        }
        claim(ring, 0).sequence(LAST);
        ring.publish();
        return sum;
    }

    private static InputSlot claim(ArenaRing<InputSlot> ring, int length) {
        InputSlot slot = ring.tryClaim(length);
        while (slot == null) {
            ring.publish();
            Thread.yield();
            slot = ring.tryClaim(length);
        }
        return slot;
    }

    private static long readAll(RingReader<InputSlot> reader, int limit) {
        long sum = 0;
        while (true) {
            int count = reader.available(limit);
            if (count == 0) {
                Thread.yield();
            }
            for (int i = 0; i < count; i++) {
                InputSlot slot = reader.peek(i);
                if (slot.sequence() == LAST) {
                    return sum;
                }
                ByteBuffer payload = reader.payload(slot);
                while (payload.hasRemaining()) {
                    sum = 31 * sum + payload.get();
                }
                sum = 31 * sum + slot.sequence();
            }
            reader.release(count);
        }
    }
}
