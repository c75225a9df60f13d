package io.melin.apply;

import io.melin.integrity.Invariant;

/**
 * Ids in the order in which they were added, the oldest leaving first, each with a row in which its
 * owner keeps more about it. For an owner that adds all the time and seldom searches.
 *
 * <p>G1: what is held is found, and nothing else is, whatever the index still names. G2: rows
 * follow each other in the order of their ids, around the ring. A row is good until the next id is
 * added, which may let the ring grow. G3: once it is {@link #keepReady ready}, neither a search nor
 * an addition enters more than {@link #UNNAMED_MAX} ids, unless the ring grows.
 *
 * <p>A row is as large as a line of the cache. The index is written when somebody searches: places
 * are all over the memory, and of an id that nobody asks for before it leaves, nothing is ever
 * entered. It names positions, counted from the first id on, and an entry dies by itself once its
 * position is no longer held: nothing is taken out when an id leaves, and the next id that is
 * entered has its place. So a search goes on over the dead. It ends where one has been dead for as
 * long as the ring is: whatever is held now was entered later, and would have taken the place (G1).
 *
 * <p>Nothing is boxed; memory grows by doubling and is kept. Threading: one.
 */
final class IdRing {
    /** No row. */
    static final int NONE = -1;

    /** The first of the owner's columns of a row. */
    static final int OWN = 3;

    /** Columns of a row, a long each. */
    static final int COLUMNS = 8;

    /** Of the index: a place that was never taken; positions begin behind it. */
    private static final long NOBODY = 0;

    private static final int HIGH = 0;
    private static final int LOW = 1;
    private static final int SCHEME = 2;

    private static final int ROWS_INITIAL = 16;
    private static final int PLACES_PER_ROW = 4;

    /** So few that a search hardly waits for them, and enough for their misses to overlap. */
    static final int UNNAMED_MAX = 16;

    /** A power of two of rows; that of a position is at the position modulo their number. */
    private long[] rows = new long[ROWS_INITIAL * COLUMNS];

    /** By hash: the position of one that is held, or was; or {@link #NOBODY}. */
    private long[] index = new long[ROWS_INITIAL * PLACES_PER_ROW];

    private long oldest = NOBODY + 1;
    private long next = NOBODY + 1;

    /** From here on the index names none. */
    private long unnamed = NOBODY + 1;

    private boolean isReady;

    /** The row of the id, or {@link #NONE}. */
    int find(byte scheme, long high, long low) {
        nameAll();
        int mask = index.length - 1;
        int place = (int) IdHash.of(scheme, high, low) & mask;
        for (int steps = 0; steps <= mask; steps++) {
            long position = index[place];
            if (isHeld(position)) {
                if (isAt(rowOf(position), scheme, high, low)) {
                    return rowOf(position);
                }
            } else if (position == NOBODY || position < oldest - capacity()) {
                return NONE;
            }
            place = (place + IdHash.STEP) & mask;
        }
        return NONE;
    }

    /**
     * From now on no search has much to enter first (G3). Before, it may be all that is held: in a
     * replay nobody waits for one.
     *
     * @return how many ids were entered just now
     */
    int keepReady() {
        isReady = true;
        return nameAll();
    }

    /** Adds an id that is not there, as the newest; returns its row, whose columns are stale. */
    int add(byte scheme, long high, long low) {
        if (count() == capacity()) {
            grow();
        }
        int row = rowOf(next);
        int at = row * COLUMNS;
        rows[at + HIGH] = high;
        rows[at + LOW] = low;
        rows[at + SCHEME] = scheme;
        next++;
        if (isReady && next - unnamed >= UNNAMED_MAX) {
            nameAll();
        }
        return row;
    }

    /** Removes the oldest id; returns the row that it had, which stays as it is until the next. */
    int removeOldest() {
        Invariant.check(oldest < next, "oldest id asked of an empty ring");
        return rowOf(oldest++);
    }

    int count() {
        return (int) (next - oldest);
    }

    /**
     * The row of one that is held.
     *
     * @param age 0 for the oldest
     */
    int row(int age) {
        return rowOf(oldest + age);
    }

    byte scheme(int row) {
        return (byte) rows[row * COLUMNS + SCHEME];
    }

    long high(int row) {
        return rows[row * COLUMNS + HIGH];
    }

    long low(int row) {
        return rows[row * COLUMNS + LOW];
    }

    /**
     * What its owner keeps of a row.
     *
     * @param column {@link #OWN} or above, below {@link #COLUMNS}
     */
    long get(int row, int column) {
        return rows[row * COLUMNS + column];
    }

    void set(int row, int column, long value) {
        rows[row * COLUMNS + column] = value;
    }

    private int capacity() {
        return rows.length / COLUMNS;
    }

    private int rowOf(long position) {
        return (int) position & (capacity() - 1);
    }

    private boolean isHeld(long position) {
        return position >= oldest; // none is from the future
    }

    private boolean isAt(int row, byte scheme, long high, long low) {
        int at = row * COLUMNS;
        return rows[at + LOW] == low && rows[at + HIGH] == high && rows[at + SCHEME] == scheme;
    }

    private int nameAll() {
        long from = Math.max(unnamed, oldest);
        for (long position = from; position < next; position++) {
            int row = rowOf(position);
            enter((int) IdHash.of(scheme(row), high(row), low(row)), position);
        }
        unnamed = next;
        return (int) (next - from);
    }

    /** Takes the first place on its way that names nothing held; three of four do not. */
    private void enter(int hash, long position) {
        int mask = index.length - 1;
        int place = hash & mask;
        while (isHeld(index[place])) {
            place = (place + IdHash.STEP) & mask;
        }
        index[place] = position;
    }

    private void grow() {
        long[] before = rows;
        int mask = capacity() - 1;
        rows = new long[2 * before.length];
        for (long position = oldest; position < next; position++) {
            int from = ((int) position & mask) * COLUMNS;
            System.arraycopy(before, from, rows, rowOf(position) * COLUMNS, COLUMNS);
        }
        index = new long[2 * index.length];
        unnamed = oldest;
    }
}
