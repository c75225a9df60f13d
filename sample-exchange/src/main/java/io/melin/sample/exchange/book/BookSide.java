package io.melin.sample.exchange.book;

import io.melin.sample.exchange.domain.Side;
import io.melin.sample.exchange.table.Slab;
import java.util.Arrays;

/**
 * One side of a book: its levels in one sorted array, the best last, where most changes are.
 *
 * <p>S1: prices strictly improve along the array. Threading: one thread.
 */
public final class BookSide {
    private final Side side;
    private final Levels levels;
    private int[] sorted = new int[64];
    private int count;

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
        return count > 0 && isReachedBy(levels.price(sorted[count - 1]), limit);
    }

    /** Whether a level of this side at this price is within the limit of the other side's order. */
    public boolean isReachedBy(long price, long limit) {
        return side == Side.SELL ? price <= limit : price >= limit;
    }

    /** The level of this price, or {@link Slab#NONE}. */
    public int find(long price) {
        int index = indexOf(price);
        return index < count && levels.price(sorted[index]) == price ? sorted[index] : Slab.NONE;
    }

    int findOrAdd(long price) {
        int index = indexOf(price);
        if (index < count && levels.price(sorted[index]) == price) {
            return sorted[index];
        }
        if (count == sorted.length) {
            sorted = Arrays.copyOf(sorted, 2 * count);
        }
        System.arraycopy(sorted, index, sorted, index + 1, count - index);
        int level = levels.add(price);
        sorted[index] = level;
        count++;
        return level;
    }

    void remove(int level) {
        int index = indexOf(levels.price(level));
        count--;
        System.arraycopy(sorted, index + 1, sorted, index, count - index);
        levels.free(level);
    }

    /** Where the price stands or would stand. */
    private int indexOf(long price) {
        int low = 0;
        int high = count;
        while (low < high) {
            int middle = low + high >>> 1;
            if (isWorse(levels.price(sorted[middle]), price)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private boolean isWorse(long price, long other) {
        return side == Side.BUY ? price < other : price > other;
    }
}
