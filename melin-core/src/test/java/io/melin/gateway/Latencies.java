package io.melin.gateway;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * How long answers took: a fair sample of them, so that a long test needs little memory. Threading:
 * one writer; read after it has ended.
 */
final class Latencies {
    private static final int SAMPLES_MAX = 1 << 13;

    private final SplittableRandom random = new SplittableRandom(1);
    private long[] samplesNs = new long[64];
    private int samples;
    private long count;
    private long maxNs;

    void add(long ns) {
        count++;
        maxNs = Math.max(maxNs, ns);
        if (samples < SAMPLES_MAX) {
            append(ns);
        } else {
            long place = random.nextLong(count);
            if (place < SAMPLES_MAX) {
                samplesNs[(int) place] = ns;
            }
        }
    }

    private void append(long ns) {
        if (samples == samplesNs.length) {
            samplesNs = Arrays.copyOf(samplesNs, 2 * samples);
        }
        samplesNs[samples++] = ns;
    }

    void addAll(Latencies others) {
        count += others.count;
        maxNs = Math.max(maxNs, others.maxNs);
        for (int i = 0; i < others.samples; i++) {
            append(others.samplesNs[i]);
        }
    }

    /**
     * @param share of the samples that are not longer, 0 to 1
     */
    double ms(double share) {
        if (samples == 0) {
            return 0;
        }
        long[] sorted = Arrays.copyOf(samplesNs, samples);
        Arrays.sort(sorted);
        return sorted[(int) Math.min(samples - 1L, (long) (share * samples))] / 1e6;
    }

    @Override
    public String toString() {
        return String.format(
                "answers=%d, p50=%.2f ms, p99=%.2f ms, max=%.2f ms",
                count, ms(0.5), ms(0.99), maxNs / 1e6);
    }
}
