package io.melin.gateway;

import java.util.Arrays;

/** How long answers took. Threading: one writer; read after it has ended. */
final class Latencies {
    private long[] samplesNs = new long[1 << 12];
    private int count;

    void add(long ns) {
        if (count == samplesNs.length) {
            samplesNs = Arrays.copyOf(samplesNs, 2 * count);
        }
        samplesNs[count++] = ns;
    }

    void addAll(Latencies others) {
        for (int i = 0; i < others.count; i++) {
            add(others.samplesNs[i]);
        }
    }

    int count() {
        return count;
    }

    /**
     * @param share of the samples that are not longer, 0 to 1
     */
    double ms(double share) {
        if (count == 0) {
            return 0;
        }
        long[] sorted = Arrays.copyOf(samplesNs, count);
        Arrays.sort(sorted);
        return sorted[(int) Math.min(count - 1L, (long) (share * count))] / 1e6;
    }

    @Override
    public String toString() {
        return String.format(
                "answers=%d, p50=%.2f ms, p99=%.2f ms, max=%.2f ms",
                count, ms(0.5), ms(0.99), ms(1));
    }
}
