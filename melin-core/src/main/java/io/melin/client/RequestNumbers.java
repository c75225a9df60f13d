package io.melin.client;

/**
 * Which request numbers are free.
 *
 * <p>N1: no number is given twice. N2: nothing is given before a sync, so what this client's
 * predecessors used is never given again. N3: a number counts as fresh once, and only if it was
 * given here and nothing was submitted under it that could be remembered.
 *
 * <p>Threading: any; its own lock.
 */
final class RequestNumbers {
    private static final int REMEMBERED = ClientLimits.WINDOW_MAX;

    private final long[] submitted = new long[REMEMBERED];
    private long next = 1;
    private long firstFresh = Long.MAX_VALUE;
    private boolean isSynced;

    synchronized boolean isSynced() {
        return isSynced;
    }

    /** The server's highest number is known: go on after it, and after our own. */
    synchronized void sync(long highest) {
        if (highest >= next) {
            next = highest + 1;
        }
        firstFresh = firstFresh == Long.MAX_VALUE ? next : Math.max(firstFresh, highest + 1);
        isSynced = true;
    }

    /** Somebody else used numbers of this client: ask again. */
    synchronized void desync() {
        isSynced = false;
    }

    /** The next number, for a request that is sent now. */
    synchronized long take() {
        submitted[index(next)] = next;
        return next++;
    }

    /** The next number, for a caller to keep. */
    synchronized long reserve() {
        if (!isSynced) {
            throw new IllegalStateException(
                    "numbers are known once the client was ready; use awaitReady first");
        }
        return next++;
    }

    /** Whether nothing can have been submitted under a number yet. */
    synchronized boolean isFresh(long number) {
        return number >= firstFresh && number < next && submitted[index(number)] < number;
    }

    /** A caller submits under its own number; says whether that is surely the first time. */
    synchronized Call.Number submit(long number) {
        boolean isFresh = isFresh(number);
        submitted[index(number)] = Math.max(submitted[index(number)], number);
        if (number >= next) {
            next = number + 1;
        }
        return new Call.Number(number, !isFresh);
    }

    private static int index(long number) {
        return (int) (number % REMEMBERED);
    }
}
