package io.melin.journal;

/** Where a segment ends so far. Mutable, so that a step forward allocates nothing; one owner. */
final class SegmentTip {
    private final long segment;
    private final long startSequence;
    private long sequence;
    private long end;

    SegmentTip(long segment, long startSequence) {
        this.segment = segment;
        this.startSequence = startSequence;
        this.sequence = startSequence - 1;
        this.end = SegmentHeader.ENTRIES;
    }

    SegmentTip moveTo(long sequence, long end) {
        this.sequence = sequence;
        this.end = end;
        return this;
    }

    long segment() {
        return segment;
    }

    long startSequence() {
        return startSequence;
    }

    /** Of the last entry, {@code startSequence - 1} for none. */
    long sequence() {
        return sequence;
    }

    /** Offset behind the last entry. */
    long end() {
        return end;
    }
}
