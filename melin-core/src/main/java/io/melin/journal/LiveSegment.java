package io.melin.journal;

import io.melin.integrity.HashChain;

/** The segment that grows: who it is, where it ends, its file, its hash. Holder of disk work. */
record LiveSegment(SegmentHeader header, SegmentSpace space, SegmentTip tip, HashChain chain) {

    boolean isEmpty() {
        return tip.sequence() < tip.startSequence();
    }

    SealRecord seal() {
        return new SealRecord(tip.sequence(), tip.end(), chain.value());
    }

    /** Of the segment that follows; a pure function of the entries so far. */
    SegmentHeader successor(SealRecord seal, History history, JournalConfig config) {
        return new SegmentHeader(
                config.codecVersion(),
                config.applicationVersion(),
                header.lineage(),
                header.segment() + 1,
                seal.lastSequence() + 1,
                history.epoch(),
                history.timeNs(),
                seal.tail());
    }
}
