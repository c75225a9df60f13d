package io.melin.journal;

import io.melin.integrity.HashChain;
import io.melin.journal.JournalException.DurableRegionDamaged;
import io.melin.journal.JournalException.Finding;
import io.melin.journal.RecoveryReport.Tail;
import io.melin.storage.StorageFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Verifies and replays the live segment by the tail rule. Reads only.
 *
 * <p>F is the first offset without a valid next entry. V1: F at or above the durable watermark is a
 * torn tail: what lies behind it was never promised to anybody. V2: F below the watermark is
 * damage. V3: so is a valid entry farther behind F than can ever be unsynced.
 */
final class LiveRecovery {
    private static final String RESTORE =
            "nothing was changed; restore the file from a replica or a backup";

    /**
     * A verified live segment.
     *
     * @param tip its valid end
     * @param chain over its valid entries
     * @param dirtyEnd behind the last byte that is to be zeroed
     */
    record Verified(SegmentHead head, SegmentTip tip, HashChain chain, Tail tail, long dirtyEnd) {

        /**
         * One that was just made: reading all its zeros back would tell nothing and delay a start.
         *
         * @param history goes on with it
         */
        static Verified created(SegmentHeader header, History history) {
            history.begin(header);
            return new Verified(
                    new SegmentHead(header, null, null, 0, false),
                    new SegmentTip(header.segment(), header.startSequence()),
                    new HashChain(header.anchor()),
                    new Tail(SegmentHeader.ENTRIES, 0, false, List.of()),
                    SegmentHeader.ENTRIES);
        }

        /** Whether it holds no entry, though perhaps the rest of one. */
        boolean isEmpty() {
            return tip.sequence() == head.header().startSequence() - 1;
        }

        /** Whether it holds nothing behind its head but zeros. */
        boolean isBlank() {
            return isEmpty() && dirtyEnd == SegmentHeader.ENTRIES;
        }

        UUID lineage() {
            return head.header().lineage();
        }
    }

    private final StorageFile file;
    private final SegmentHead head;
    private final Place place;
    private final long unsyncedBytesMax;

    LiveRecovery(StorageFile file, SegmentHead head, Place place, long unsyncedBytesMax) {
        this.file = file;
        this.head = head;
        this.place = place;
        this.unsyncedBytesMax = unsyncedBytesMax;
    }

    Verified replay(History history, EntryConsumer consumer) throws IOException {
        SegmentHeader header = head.header();
        DurableProgress watermark = watermark();
        EntryWalk walk = new EntryWalk(file, header, place, history);
        walk.run(file.size(), watermark, consumer);
        long validEnd = walk.stoppedAt();
        TailScan behind = TailScan.run(file, validEnd, history.sequence());
        checkTail(validEnd, watermark, behind, history);
        HashChain chain = new HashChain(header.anchor());
        SegmentBytes.hash(file, SegmentHeader.ENTRIES, validEnd, chain);
        SegmentTip tip =
                new SegmentTip(header.segment(), header.startSequence())
                        .moveTo(history.sequence(), validEnd);
        Tail tail =
                new Tail(
                        watermark.offset(),
                        behind.dirtyEnd() - validEnd,
                        behind.lastEntry() >= 0,
                        notes());
        return new Verified(head, tip, chain, tail, behind.dirtyEnd());
    }

    /** A seal counts: rotation wrote it before the last sync of the segment. */
    private DurableProgress watermark() {
        SegmentHeader header = head.header();
        long sequence = header.startSequence() - 1;
        long end = SegmentHeader.ENTRIES;
        WatermarkSlot slot = head.watermark();
        if (slot != null) {
            sequence = slot.durableSequence();
            end = slot.durableEnd();
        }
        SealRecord seal = head.seal();
        if (seal != null && seal.validEnd() > end) {
            sequence = seal.lastSequence();
            end = seal.validEnd();
        }
        return new DurableProgress(sequence, header.segment(), end);
    }

    private void checkTail(
            long validEnd, DurableProgress watermark, TailScan behind, History history) {
        if (validEnd < watermark.offset()) { // V2
            throw new DurableRegionDamaged(
                    place.at(validEnd, history.sequence() + 1),
                    new Finding(
                            "durable entries are damaged or missing",
                            "entries to sequence "
                                    + watermark.sequence()
                                    + ", offset "
                                    + watermark.offset(),
                            "no valid next entry at offset " + validEnd,
                            RESTORE));
        }
        if (behind.lastEntry() - validEnd >= unsyncedBytesMax) { // V3
            throw new DurableRegionDamaged(
                    place.at(validEnd, history.sequence() + 1),
                    new Finding(
                            "a hole farther before later entries than a crash can tear",
                            "less than " + unsyncedBytesMax + " bytes",
                            behind.lastEntry() - validEnd + " bytes",
                            RESTORE + ", or raise unsyncedBytesMax if the buffer was larger"));
        }
    }

    private List<String> notes() {
        List<String> notes = new ArrayList<>();
        if (head.tornSlots() > 0) {
            notes.add("one of two watermark slots is damaged, the other was used");
        }
        if (head.seal() != null) {
            notes.add("the seal of an unfinished rotation is cleared");
        }
        if (head.isSealTorn()) {
            notes.add("the torn seal of an unfinished rotation is cleared");
        }
        return List.copyOf(notes);
    }
}
