package io.melin.journal;

import io.melin.cursor.Cursor;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * Segments that are ready, between the one who makes them and the one who takes them.
 *
 * <p>P1: each gets a number of its own, so that no two have the same name, wherever they are. P2:
 * there are never more than were wanted at once.
 *
 * <p>Threading: {@link #want} and {@link #take} belong to the taker, {@link #isWanted}, {@link
 * #bytes}, {@link #number} and {@link #add} to the maker, {@link #ready} to anybody. Allocates only
 * for the maker.
 */
final class Spares {
    private final Queue<StagedSegment> queue = new ConcurrentLinkedQueue<>();
    private final Cursor goal = new Cursor(0);
    private final Cursor made = new Cursor(0);
    private final Cursor taken = new Cursor(0);
    private volatile long bytes;

    /**
     * Wants so many to be ready, those that are included.
     *
     * @param each size
     * @return false if no more are to be made than before
     */
    boolean want(long count, long each) {
        if (taken.plain() + count <= goal.plain()) {
            return false;
        }
        bytes = each;
        goal.publish(taken.plain() + count);
        return true;
    }

    /** The oldest, or null. */
    @Nullable StagedSegment take() {
        StagedSegment oldest = queue.poll();
        if (oldest != null) {
            taken.publish(taken.plain() + 1);
        }
        return oldest;
    }

    /** How many can be taken. */
    int ready() {
        long all = made.acquire(); // first, so that it is never more than there were at once
        return (int) Math.max(0, all - taken.acquire());
    }

    /** Whether another has to be made. */
    boolean isWanted() {
        return made.plain() < goal.acquire();
    }

    /** Size of the next. Read it behind {@link #isWanted}. */
    long bytes() {
        return bytes;
    }

    /** Of the next, from 1. */
    long number() {
        return made.plain() + 1;
    }

    /** The one that was wanted. */
    void add(StagedSegment segment) {
        queue.add(segment);
        made.publish(number());
    }
}
