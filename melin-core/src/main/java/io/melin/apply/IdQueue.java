package io.melin.apply;

import io.melin.integrity.Invariant;
import java.util.Arrays;

/**
 * Ids in the order in which they were last put, each with a row number under which its owner keeps
 * more about it.
 *
 * <p>Q1: order and membership depend on the calls alone, never on hashes or capacity. Q2: rows are
 * dense: the row of a removed id is the next one given. Q3: whatever ids there are, a search ends.
 *
 * <p>Open addressing by {@link IdHash}, which comes to every place, at a load of at most a quarter
 * (Q3). Nothing is boxed; memory grows by doubling and is kept.
 *
 * <p>An id is a scheme byte with its name space and two words. Threading: one.
 */
final class IdQueue {
    static final int NONE = -1;

    private static final int ROWS_INITIAL = 16;

    private static final int PLACES_PER_ROW = 4;

    /**
     * Of an entry of the index: an id that found this place taken went on from here. Q4: where it
     * is not set nobody did, so neither a search nor the closing of a gap looks any further: the
     * next place is another line, seldom in the cache. It may stay set for longer.
     */
    private static final long PASSED = 1L << 31;

    /** By row: high word, low word. */
    private long[] words = new long[2 * ROWS_INITIAL];

    private byte[] schemes = new byte[ROWS_INITIAL];

    /** By row: the row put before it, the row put after it; a free row: the next free one. */
    private int[] links = new int[2 * ROWS_INITIAL];

    /**
     * By hash: half a hash above {@link #PASSED} and row + 1, 0 for an empty place; a power of two
     * long. The half hash spares a look at the row, which is seldom in the cache.
     */
    private long[] index = new long[PLACES_PER_ROW * ROWS_INITIAL];

    /** By row: where the index names it. */
    private int[] places = new int[ROWS_INITIAL];

    private int oldest = NONE;
    private int newest = NONE;
    private int free = NONE;
    private int rowsUsed;
    private int count;

    /** The row of the id, or {@link #NONE}. */
    int find(byte scheme, long high, long low) {
        int mask = index.length - 1;
        int hash = (int) IdHash.of(scheme, high, low);
        int place = hash & mask;
        while (true) {
            boolean isAlike = index[place] != 0 && hashAt(place) == hash;
            if (isAlike && isAt(rowAt(place), scheme, high, low)) {
                return rowAt(place);
            }
            if (!isPassed(place)) {
                return NONE;
            }
            place = (place + IdHash.STEP) & mask;
        }
    }

    /** Adds an id that is not there, as the newest; returns its row. */
    int add(byte scheme, long high, long low) {
        assert find(scheme, high, low) == NONE : "id added twice";
        int row = takeRow();
        schemes[row] = scheme;
        words[2 * row] = high;
        words[2 * row + 1] = low;
        enter(row, (int) IdHash.of(scheme, high, low));
        linkNewest(row);
        count++;
        return row;
    }

    /** Makes the id of {@code row} the newest. */
    void touch(int row) {
        if (row != newest) {
            unlink(row);
            linkNewest(row);
        }
    }

    /** Removes the oldest id; returns the row that it had. */
    int removeOldest() {
        int row = oldest;
        Invariant.check(row != NONE, "oldest id asked of an empty queue");
        leave(row);
        unlink(row);
        links[2 * row] = free;
        free = row;
        count--;
        return row;
    }

    int count() {
        return count;
    }

    /** Rows that exist: every row given is below. */
    int capacity() {
        return schemes.length;
    }

    int oldest() {
        return oldest;
    }

    /** The row put after {@code row}, or {@link #NONE}. */
    int newerThan(int row) {
        return links[2 * row + 1];
    }

    byte scheme(int row) {
        return schemes[row];
    }

    long high(int row) {
        return words[2 * row];
    }

    long low(int row) {
        return words[2 * row + 1];
    }

    private boolean isAt(int row, byte scheme, long high, long low) {
        return words[2 * row + 1] == low && words[2 * row] == high && schemes[row] == scheme;
    }

    private int takeRow() {
        if (free != NONE) {
            int row = free;
            free = links[2 * row];
            return row;
        }
        if (rowsUsed == schemes.length) {
            grow();
        }
        return rowsUsed++;
    }

    private void grow() {
        int rows = 2 * schemes.length;
        words = Arrays.copyOf(words, 2 * rows);
        schemes = Arrays.copyOf(schemes, rows);
        links = Arrays.copyOf(links, 2 * rows);
        places = Arrays.copyOf(places, rows);
        long[] before = index;
        index = new long[PLACES_PER_ROW * rows];
        for (long entry : before) {
            if (entry != 0) {
                enter(rowOf(entry), (int) (entry >>> Integer.SIZE));
            }
        }
    }

    private int hashAt(int place) {
        return (int) (index[place] >>> Integer.SIZE);
    }

    private int rowAt(int place) {
        return rowOf(index[place]);
    }

    private static int rowOf(long entry) {
        return (int) (entry & PASSED - 1) - 1;
    }

    private boolean isPassed(int place) {
        return (index[place] & PASSED) != 0;
    }

    private void enter(int row, int hash) {
        int mask = index.length - 1;
        int place = hash & mask;
        while (index[place] != 0) {
            index[place] |= PASSED;
            place = (place + IdHash.STEP) & mask;
        }
        index[place] = (long) hash << Integer.SIZE | row + 1;
        places[row] = place;
    }

    /**
     * Closes the gap by moving ids back that went on from it, so that no tombstones gather. Once a
     * place was not passed, none of those beyond it came by the gap (Q4).
     */
    private void leave(int row) {
        int mask = index.length - 1;
        int gap = places[row];
        int place = gap;
        while (isPassed(place)) {
            place = (place + IdHash.STEP) & mask;
            if (index[place] != 0 && cameBy(gap, place)) {
                // Passed, if the other place was: whoever came by both is still beyond.
                index[gap] = index[place];
                places[rowAt(gap)] = gap;
                gap = place;
            }
        }
        index[gap] = 0;
    }

    /** Whether the id at {@code place} found {@code earlier} taken. */
    private boolean cameBy(int earlier, int place) {
        int mask = index.length - 1;
        return (IdHash.steps(hashAt(place), place) & mask) >= (IdHash.steps(earlier, place) & mask);
    }

    private void linkNewest(int row) {
        links[2 * row] = newest;
        links[2 * row + 1] = NONE;
        if (newest == NONE) {
            oldest = row;
        } else {
            links[2 * newest + 1] = row;
        }
        newest = row;
    }

    private void unlink(int row) {
        int older = links[2 * row];
        int newer = links[2 * row + 1];
        if (older == NONE) {
            oldest = newer;
        } else {
            links[2 * older + 1] = newer;
        }
        if (newer == NONE) {
            newest = older;
        } else {
            links[2 * newer] = older;
        }
    }
}
