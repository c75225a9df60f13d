package io.melin.gateway;

import io.melin.integrity.Invariant;
import org.jctools.queues.varhandle.SpscVarHandleArrayQueue;
import org.jspecify.annotations.Nullable;

/** A bounded number of queries in flight. Threading: the ingress takes, the response gives back. */
final class PendingQueries {
    private final PendingQuery[] all;
    private final SpscVarHandleArrayQueue<PendingQuery> free;

    PendingQueries(int count, int answerBytesMax) {
        all = new PendingQuery[count];
        free = new SpscVarHandleArrayQueue<>(Math.max(4, count));
        for (int i = 0; i < count; i++) {
            all[i] = new PendingQuery(i, answerBytesMax);
            free.offer(all[i]);
        }
    }

    /** A free one, or null; {@link #take} it once the node took the query. */
    @Nullable PendingQuery peek() {
        return free.peek();
    }

    /** The one that {@link #peek} gave is in flight. */
    void take() {
        free.poll();
    }

    PendingQuery at(long index) {
        return all[(int) index];
    }

    void giveBack(PendingQuery query) {
        query.clear();
        Invariant.check(free.offer(query), "a query was given back twice");
    }
}
