package io.melin.sample.exchange.replay;

/** What a replay did, and how far the books agreed. */
final class ReplayCounts {
    /** Of 999 rows this many must be equal. */
    private static final long EQUAL_OF_999 = 995;

    /** Rows compared with the official book. */
    long rows;

    /** Rows that were equal at the best levels. */
    long equal;

    /** Executions that the exchange matched against the very order that the file names. */
    long matched;

    /** Executions of an order that only a level stands for, matched against that level. */
    long matchedAnonymous;

    /** Executions that price and time priority would give to another order: taken off by hand. */
    long byHand;

    /** Anonymous orders queued again, since a younger order traded before them. */
    long requeued;

    /** Levels put in since a row showed them. */
    long inserted;

    /** Levels taken out since they had left the rows. */
    long withdrawn;

    /** Fills that no message speaks of, and shares that no order stood for. */
    long unexplained;

    boolean isGood() {
        return equal * 999 >= rows * EQUAL_OF_999;
    }

    /** One line for people and scripts. */
    String summary() {
        return "replay: result=%s, rows=%d, equal=%d, matched=%d, matchedAnonymous=%d, byHand=%d"
                        .formatted(
                                isGood() ? "ok" : "failed",
                                rows,
                                equal,
                                matched,
                                matchedAnonymous,
                                byHand)
                + ", requeued=%d, inserted=%d, withdrawn=%d, unexplained=%d"
                        .formatted(requeued, inserted, withdrawn, unexplained);
    }
}
