package io.melin.sample.exchange.ledger;

import io.melin.sample.exchange.table.PairTable;
import java.util.Arrays;

/** The currencies in the order in which they were first named, with what exists of each. */
public final class Currencies {
    private final PairTable byName = new PairTable(64);
    private long[] highs = new long[64];
    private long[] lows = new long[64];
    private long[] supplyLow = new long[64];
    private long[] supplyHigh = new long[64];

    public int count() {
        return byName.count();
    }

    /** The index of the name, or {@link PairTable#ABSENT}. */
    public int find(long high, long low) {
        return byName.get(high, low);
    }

    int add(long high, long low) {
        int index = byName.count();
        if (index == highs.length) {
            highs = Arrays.copyOf(highs, 2 * index);
            lows = Arrays.copyOf(lows, 2 * index);
            supplyLow = Arrays.copyOf(supplyLow, 2 * index);
            supplyHigh = Arrays.copyOf(supplyHigh, 2 * index);
        }
        highs[index] = high;
        lows[index] = low;
        byName.put(high, low, index);
        return index;
    }

    public long high(int currency) {
        return highs[currency];
    }

    public long low(int currency) {
        return lows[currency];
    }

    /**
     * Whether all that exists fits into one balance, so that no transfer can push one out of range.
     */
    public boolean fitsOneBalance(int currency) {
        return supplyHigh[currency] == 0;
    }

    /** What exists, modulo 2^53. For tests of conservation. */
    public long supplyLow(int currency) {
        return supplyLow[currency];
    }

    /** What exists, in whole multiples of 2^53. */
    public long supplyHigh(int currency) {
        return supplyHigh[currency];
    }

    /** Two words, so that any number of full balances may exist beside each other. */
    void changeSupply(int currency, long change) {
        long sum = supplyLow[currency] + change;
        supplyLow[currency] = sum & (1L << 53) - 1;
        supplyHigh[currency] += sum >> 53;
    }
}
