package io.melin.journal;

/**
 * Entries by kind.
 *
 * @param application events of the application, repeats included
 * @param tick moves of time
 * @param epoch tenures of a primary
 * @param policyChange of the durability policy
 * @param skip of one event, by an operator
 * @param configuration that is part of the state
 */
public record EntryCounts(
        long application, long tick, long epoch, long policyChange, long skip, long configuration) {

    public static final EntryCounts NONE = new EntryCounts(0, 0, 0, 0, 0, 0);

    /** Of all kinds. */
    public long total() {
        return application + tick + epoch + policyChange + skip + configuration;
    }

    public EntryCounts plus(EntryCounts other) {
        return new EntryCounts(
                application + other.application,
                tick + other.tick,
                epoch + other.epoch,
                policyChange + other.policyChange,
                skip + other.skip,
                configuration + other.configuration);
    }
}
