package io.melin.apply;

/**
 * Where an id belongs in an index with open addressing. Fixed for ever, though no format depends on
 * it: equal histories cost the same everywhere.
 *
 * <p>Neighbours in the low word, such as a client's requests, are neighbours in the index too and
 * do not stand in each other's way: of eight, seven find their line of the cache loaded. Who finds
 * a place taken goes on by {@link #STEP}, into the next eight places; it is odd, so that it comes
 * to every place of an index that is a power of two long.
 */
final class IdHash {
    private static final int NEIGHBOUR_BITS = 3;
    private static final int NEIGHBOURS = (1 << NEIGHBOUR_BITS) - 1;

    static final int STEP = NEIGHBOURS + 2;

    /** Times {@link #STEP}, modulo 2^32, it is 1: it turns a distance into a number of steps. */
    private static final int STEPS_PER_PLACE = 0x38E38E39;

    private IdHash() {}

    /** The lower half says the place, modulo the length of the index. */
    static long of(byte scheme, long high, long low) {
        long name = high ^ (long) scheme << 56;
        long hash = name * 0x9E3779B97F4A7C15L + (low >>> NEIGHBOUR_BITS) * 0xD6E8FEB86659FD93L;
        hash = (hash ^ hash >>> 32) * 0xFF51AFD7ED558CCDL;
        hash ^= hash >>> 29;
        long neighbour = (hash >>> Integer.SIZE) + low & NEIGHBOURS; // turned, block by block
        return hash << NEIGHBOUR_BITS | neighbour;
    }

    /** How many steps lead from one place to another, modulo the length of the index. */
    static int steps(int from, int to) {
        return (to - from) * STEPS_PER_PLACE;
    }
}
