package io.melin.sample.exchange.table;

/**
 * Where things lie, by the hashes of keys that are kept with the things themselves: eight bytes a
 * place, so that many thousands stay in a processor's second cache.
 *
 * <p>H1: a key is found by walking from its home to the first empty place, so a removal moves later
 * entries back instead of leaving a mark. H2: at most half of the places are used. H3: an entry has
 * the upper half of its hash, home included, so neither growing nor removing asks for a key; two
 * keys of the same half are told apart by whoever has them.
 *
 * <pre>
 * for (int place = index.first(hash); place != NONE; place = index.next(place, hash))
 *     if (the thing at index.value(place) has the key) ...
 * </pre>
 *
 * <p>Range: values are 0 or more, and below {@link Integer#MAX_VALUE}. Threading: one thread.
 */
public final class HashIndex {
    /** No place. */
    public static final int NONE = -1;

    private static final long EMPTY = 0;

    /** Upper half of the hash, then the value + 1; or {@link #EMPTY}. */
    private long[] places;

    private int mask;
    private int count;

    /**
     * @param capacity entries that fit before the first growth
     */
    public HashIndex(int capacity) {
        places = new long[Integer.highestOneBit(Math.max(4, capacity) - 1) << 2];
        mask = places.length - 1;
    }

    /**
     * The hash of a key of two parts, whose best mixed bits are the highest. On the path of each
     * event several times, so it is shorter than {@link Mix}.
     */
    public static long hash(long first, long second) {
        long hash = first * 0x9E3779B97F4A7C15L + second;
        return (hash ^ hash >>> 32) * 0xD6E8FEB86659FD93L;
    }

    public int count() {
        return count;
    }

    /** The first place that may be that of a key with this hash, or {@link #NONE}. */
    public int first(long hash) {
        return from(home(hash), hash);
    }

    /** The next one behind {@code place}, or {@link #NONE}. */
    public int next(int place, long hash) {
        return from(place + 1 & mask, hash);
    }

    public int value(int place) {
        return (int) places[place] - 1;
    }

    /** Adds an entry, whatever is there of the same hash. */
    public void add(long hash, int value) {
        if (2 * (count + 1) > places.length) {
            grow();
        }
        count++;
        put(hash & 0xFFFF_FFFF_0000_0000L | value + 1);
    }

    /** Takes an entry out that is there. */
    public void remove(long hash, int value) {
        int place = first(hash);
        while (value(place) != value) {
            place = next(place, hash);
        }
        close(place);
        count--;
    }

    /** Every value, in no order. Allocates; for snapshots. */
    public int[] values() {
        int[] values = new int[count];
        int next = 0;
        for (long entry : places) {
            if (entry != EMPTY) {
                values[next++] = (int) entry - 1;
            }
        }
        return values;
    }

    /** H1: no entry may lose the way from its home. */
    private void close(int place) {
        int hole = place;
        int next = place;
        while (true) {
            next = next + 1 & mask;
            if (places[next] == EMPTY) {
                break;
            }
            int home = home(places[next]);
            if ((next - home & mask) >= (next - hole & mask)) {
                places[hole] = places[next];
                hole = next;
            }
        }
        places[hole] = EMPTY;
    }

    private int from(int start, long hash) {
        int place = start;
        while (places[place] != EMPTY) {
            if ((places[place] ^ hash) >>> Integer.SIZE == 0) {
                return place;
            }
            place = place + 1 & mask;
        }
        return NONE;
    }

    private void put(long entry) {
        int place = home(entry);
        while (places[place] != EMPTY) {
            place = place + 1 & mask;
        }
        places[place] = entry;
    }

    /** Of a hash, or of an entry, whose upper half is the same. */
    private int home(long hash) {
        return (int) (hash >>> Long.numberOfLeadingZeros(mask));
    }

    private void grow() {
        long[] before = places;
        places = new long[2 * before.length];
        mask = places.length - 1;
        for (long entry : before) {
            if (entry != EMPTY) {
                put(entry);
            }
        }
    }
}
