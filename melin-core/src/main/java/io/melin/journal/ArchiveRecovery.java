package io.melin.journal;

import io.melin.integrity.ChainHash;
import io.melin.integrity.HashChain;
import io.melin.journal.JournalException.EntryCorrupt;
import io.melin.journal.JournalException.Finding;
import io.melin.journal.JournalException.SegmentChainBreak;
import io.melin.journal.JournalException.SegmentTruncated;
import io.melin.journal.JournalException.SequenceGap;
import io.melin.storage.StorageFile;
import java.io.IOException;

/**
 * Verifies and replays one sealed segment. It has no tail tolerance: its entries end where the seal
 * says, and hash to what the seal says, before the first of them is replayed.
 */
final class ArchiveRecovery {
    private static final String RESTORE =
            "nothing was changed; restore the archive from a replica or a backup";

    private final StorageFile file;
    private final SegmentHead head;
    private final Place place;

    ArchiveRecovery(StorageFile file, SegmentHead head, Place place) {
        this.file = file;
        this.head = head;
        this.place = place;
    }

    /** Replays all entries; returns the tail hash, which anchors the next segment. */
    ChainHash replay(History history, EntryConsumer consumer) throws IOException {
        SealRecord seal = seal();
        HashChain chain = new HashChain(head.header().anchor());
        SegmentBytes.hash(file, SegmentHeader.ENTRIES, seal.validEnd(), chain);
        if (!chain.value().equals(seal.tail())) {
            // The entries can say where; if they all look right, somebody rewrote them.
            walk(seal, new History(history), (header, payload, codecVersion) -> {});
            throw new SegmentChainBreak(
                    place,
                    new Finding(
                            "archive is not what was sealed",
                            seal.tail().toString(),
                            chain.value().toString(),
                            RESTORE));
        }
        walk(seal, history, consumer);
        long dirt = new ZeroScan(file).lastNonZero(seal.validEnd(), file.size());
        if (dirt >= 0) {
            throw new EntryCorrupt(
                    place.at(dirt, history.sequence()),
                    Finding.of("bytes behind the seal's end are not zero", RESTORE));
        }
        return seal.tail();
    }

    private SealRecord seal() throws IOException {
        SealRecord seal = head.seal();
        if (seal == null) {
            throw new SegmentTruncated(place, Finding.of("archive has no valid seal", RESTORE));
        }
        if (seal.validEnd() > file.size()) {
            throw truncated(seal, file.size());
        }
        return seal;
    }

    private void walk(SealRecord seal, History history, EntryConsumer consumer) throws IOException {
        EntryWalk walk = new EntryWalk(file, head.header(), place, history);
        DurableProgress known =
                new DurableProgress(seal.lastSequence(), head.header().segment(), seal.validEnd());
        switch (walk.run(seal.validEnd(), known, consumer)) {
            case END_OF_DATA -> {
                if (walk.stoppedAt() < seal.validEnd()
                        || history.sequence() != seal.lastSequence()) {
                    throw truncated(seal, walk.stoppedAt());
                }
            }
            case TORN ->
                    throw new EntryCorrupt(
                            place.at(walk.stoppedAt(), history.sequence() + 1),
                            Finding.of("damaged entry in an archive", RESTORE));
            case GAP ->
                    throw new SequenceGap(
                            place.at(walk.stoppedAt(), history.sequence() + 1),
                            Finding.of("entries are missing in an archive", RESTORE));
        }
    }

    private SegmentTruncated truncated(SealRecord seal, long found) {
        return new SegmentTruncated(
                place,
                new Finding(
                        "archive ends early",
                        Long.toString(seal.validEnd()),
                        Long.toString(found),
                        RESTORE));
    }
}
