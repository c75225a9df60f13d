package io.melin.journal;

import io.melin.event.EventHeader;
import io.melin.integrity.ChainHash;
import io.melin.integrity.HashChain;
import io.melin.journal.JournalException.DurableRegionDamaged;
import io.melin.journal.JournalException.EntryCorrupt;
import io.melin.journal.JournalException.Finding;
import io.melin.journal.JournalException.SegmentChainBreak;
import io.melin.journal.JournalException.SegmentTruncated;
import io.melin.journal.JournalException.SequenceDuplicate;
import io.melin.journal.JournalException.SequenceGap;
import io.melin.journal.JournalException.UnknownEventKind;
import io.melin.storage.StorageFile;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * One segment as its reader goes through it, entry by entry. The handle stays good when the file is
 * renamed. Threading: one.
 */
final class TailSegment implements Closeable {
    private static final String RESTORE =
            "the node goes on, but a restart would refuse this file; restore it from a replica or a"
                    + " backup";

    /** Bytes are hashed by the window, not by the entry. */
    private static final int WINDOW_BYTES = 64 << 10;

    private final StorageFile file;
    private final Place place;
    private final SegmentHeader header;
    private final JournalReader reader;
    private final HashChain chain;
    private long hashedTo = SegmentHeader.ENTRIES;
    private long sequence;
    private @Nullable SealRecord seal;

    TailSegment(StorageFile file, Place place) throws IOException {
        this.file = file;
        this.header = SegmentHead.read(file, place).header();
        this.place = place.segment(header.segment());
        this.reader = new JournalReader(file, WINDOW_BYTES);
        this.chain = new HashChain(header.anchor());
        this.sequence = header.startSequence() - 1;
        reader.range(SegmentHeader.ENTRIES, SegmentHeader.ENTRIES);
    }

    /**
     * Goes to the next entry.
     *
     * @param end an entry's end, up to which the file is durable
     * @return false if there is none before {@code end}
     * @throws JournalException if what was durable is not there, or not what was written
     */
    boolean next(long end) throws IOException {
        reader.extend(end);
        if (reader.end() >= end) {
            return false;
        }
        if (reader.mustRead()) {
            reader.hash(chain, hashedTo);
            hashedTo = reader.end();
        }
        EntryVerdict verdict = reader.next();
        if (verdict != EntryVerdict.OK) {
            throw damaged(verdict);
        }
        if (reader.header().sequence() != sequence + 1) {
            throw outOfOrder();
        }
        sequence++;
        return true;
    }

    private JournalException damaged(EntryVerdict verdict) {
        Place here = place.at(reader.offset(), sequence + 1);
        String what = "durable entry is damaged, " + verdict;
        if (verdict == EntryVerdict.UNKNOWN_KIND || verdict == EntryVerdict.UNKNOWN_ID_SCHEME) {
            return new UnknownEventKind(here, Finding.of(what, RESTORE));
        }
        return seal != null || verdict.isImpossible()
                ? new EntryCorrupt(here, Finding.of(what, RESTORE))
                : new DurableRegionDamaged(here, Finding.of(what, RESTORE));
    }

    private JournalException outOfOrder() {
        long found = reader.header().sequence();
        Place here = place.at(reader.offset(), found);
        Finding finding =
                new Finding(
                        "sequence out of order",
                        Long.toString(sequence + 1),
                        Long.toString(found),
                        RESTORE);
        return found <= sequence
                ? new SequenceDuplicate(here, finding)
                : new SequenceGap(here, finding);
    }

    /**
     * Where a segment ends that its writer has left.
     *
     * @throws SegmentTruncated if it has no seal
     */
    long sealedEnd() throws IOException {
        SealRecord known = seal;
        if (known == null) {
            known = SegmentHead.read(file, place).seal();
            if (known == null) {
                throw new SegmentTruncated(place, Finding.of("archive has no valid seal", RESTORE));
            }
            seal = known;
        }
        return known.validEnd();
    }

    /** At its end: the entries must be those that were sealed. */
    void requireSealed() {
        SealRecord known = seal;
        ChainHash tail = chain();
        if (known != null && (!tail.equals(known.tail()) || sequence != known.lastSequence())) {
            throw new SegmentChainBreak(
                    place,
                    new Finding(
                            "archive is not what was sealed",
                            known.lastSequence() + ", " + known.tail(),
                            sequence + ", " + tail,
                            RESTORE));
        }
    }

    /** Over all entries so far. Allocates. */
    ChainHash chain() {
        reader.hash(chain, hashedTo);
        hashedTo = reader.end();
        return chain.value();
    }

    SegmentHeader header() {
        return header;
    }

    Place place() {
        return place;
    }

    EventHeader entry() {
        return reader.header();
    }

    ByteBuffer payload() {
        return reader.payload();
    }

    /** Of the last entry. */
    long sequence() {
        return sequence;
    }

    /** Behind the last entry. */
    long end() {
        return reader.end();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
