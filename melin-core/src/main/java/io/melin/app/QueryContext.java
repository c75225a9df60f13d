package io.melin.app;

/**
 * Live facts for queries. Never available to {@link Application#apply}: they differ on a replay.
 */
public interface QueryContext {

    /** The last sequence that was applied. */
    long appliedSequence();

    /** The last sequence known to be durable on this node; advisory. */
    long durableSequence();

    /** Journaled time of the last applied event, Unix epoch, nanoseconds. */
    long timeNs();
}
