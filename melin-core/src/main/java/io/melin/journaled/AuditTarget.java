package io.melin.journaled;

/**
 * Up to where a state is rebuilt.
 *
 * @param unit of the value
 * @param value of the last entry that counts
 * @param isFromFirst whether every entry is applied, whatever snapshots there are
 */
public record AuditTarget(Unit unit, long value, boolean isFromFirst) {

    /** What a target is measured in. */
    public enum Unit {
        /** Up to the entry of that sequence; 0 for none. */
        SEQUENCE,
        /** Up to the last entry before the first whose journaled time is higher. */
        TIME_NS
    }

    public AuditTarget {
        if (value < 0) {
            throw new IllegalArgumentException(
                    "target must not be negative: unit=" + unit + ", value=" + value);
        }
    }

    /** Up to an entry, itself included; 0 for the state before the first. */
    public static AuditTarget sequence(long sequence) {
        return new AuditTarget(Unit.SEQUENCE, sequence, false);
    }

    /**
     * Up to a journaled time, itself included.
     *
     * @param epochNs since the Unix epoch, nanoseconds
     */
    public static AuditTarget time(long epochNs) {
        return new AuditTarget(Unit.TIME_NS, epochNs, false);
    }

    /** The same, by applying every entry: it proves the snapshots, and costs the time. */
    public AuditTarget fromFirst() {
        return new AuditTarget(unit, value, true);
    }

    /** Whether an entry counts, or a state up to one. */
    boolean holds(long sequence, long timeNs) {
        return (unit == Unit.SEQUENCE ? sequence : timeNs) <= value;
    }
}
