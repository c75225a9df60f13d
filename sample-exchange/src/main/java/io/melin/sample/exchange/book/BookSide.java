package io.melin.sample.exchange.book;

import io.melin.sample.exchange.domain.Side;
import io.melin.sample.exchange.table.Slab;
import java.util.Arrays;

/**
 * One side of a book: its levels in one sorted array, the best last, where most changes are.
 *
 * <p>S1: prices strictly improve along the array. S2: the rank of a level, its price for a bid and
 * the price below zero for an offer, stands at the same index, so that a search touches no level.
 * S3: what the search before has found is believed only if it is what this one would find; it is
 * never past the end, since whatever takes a level away has searched for it.
 *
 * <p>Threading: one thread.
 */
public final class BookSide {
    private final Side side;
    private final Levels levels;
    private int[] sorted = new int[64];
    private long[] ranks = new long[64];
    private int count;

    /** Answer of the last search: an order's price is looked for to check it, then to queue it. */
    private int found;

    BookSide(Side side, Levels levels) {
        this.side = side;
        this.levels = levels;
    }

    public Side side() {
        return side;
    }

    /** Number of levels. */
    public int count() {
        return count;
    }

    public boolean isEmpty() {
        return count == 0;
    }

    /** The level that is {@code depth} below the best; 0 is the best. */
    public int level(int depth) {
        return sorted[count - 1 - depth];
    }

    /** Whether an order of the other side with this limit would trade here. */
    public boolean isReachedBy(long limit) {
        return count > 0 && isReachedBy(rank(ranks[count - 1]), limit);
    }

    /** Whether a level of this side at this price is within the limit of the other side's order. */
    public boolean isReachedBy(long price, long limit) {
        return side == Side.SELL ? price <= limit : price >= limit;
    }

    /** The level of this price, or {@link Slab#NONE}. */
    public int find(long price) {
        long rank = rank(price);
        int index = indexOf(rank);
        return isAt(index, rank) ? sorted[index] : Slab.NONE;
    }

    int findOrAdd(long price) {
        long rank = rank(price);
        int index = indexOf(rank);
        if (isAt(index, rank)) {
            return sorted[index];
        }
        if (count == sorted.length) {
            sorted = Arrays.copyOf(sorted, 2 * count);
            ranks = Arrays.copyOf(ranks, 2 * count);
        }
        System.arraycopy(sorted, index, sorted, index + 1, count - index);
        System.arraycopy(ranks, index, ranks, index + 1, count - index);
        int level = levels.add(price);
        sorted[index] = level;
        ranks[index] = rank;
        count++;
        return level;
    }

    void remove(int level) {
        int index = indexOf(rank(levels.price(level)));
        count--;
        System.arraycopy(sorted, index + 1, sorted, index, count - index);
        System.arraycopy(ranks, index + 1, ranks, index, count - index);
        levels.free(level);
    }

    /** The rank of a price, and the price of a rank. */
    private long rank(long price) {
        return side == Side.BUY ? price : -price;
    }

    private boolean isAt(int index, long rank) {
        return index < count && ranks[index] == rank;
    }

    /** Where the rank stands or would stand. */
    private int indexOf(long rank) {
        if (!isIndexOf(found, rank)) {
            found = search(rank);
        }
        return found;
    }

    private boolean isIndexOf(int index, long rank) {
        return (index == count || ranks[index] >= rank) && (index == 0 || ranks[index - 1] < rank);
    }

    /**
     * The number of steps depends on that of the levels alone, and each step only on what the one
     * before chose.
     */
    private int search(long rank) {
        if (count == 0) {
            return 0;
        }
        int from = 0;
        for (int left = count; left > 1; ) {
            int half = left >>> 1;
            from = ranks[from + half - 1] < rank ? from + half : from;
            left -= half;
        }
        return ranks[from] < rank ? from + 1 : from;
    }
}
