package io.melin.journal;

import io.melin.event.EventHeader;
import io.melin.journal.JournalException.EntryCorrupt;
import io.melin.journal.JournalException.Finding;
import io.melin.journal.JournalException.HeaderCorrupt;
import io.melin.journal.JournalException.ReplayFailed;
import io.melin.journal.JournalException.SegmentStartMismatch;
import io.melin.journal.JournalException.SequenceDuplicate;
import io.melin.journal.JournalException.UnknownEventKind;
import io.melin.storage.StorageFile;
import java.io.IOException;

/**
 * Follows the entries of one segment as long as each is the next one.
 *
 * <p>What a crash can leave ends the walk and is for the caller to judge; what no crash can leave
 * is thrown. W1: nothing reaches the consumer that is not the next intact entry, nor what a
 * snapshot holds already.
 */
final class EntryWalk {
    private static final String RESTORE =
            "nothing was changed; restore the file from a replica or a backup";

    /** Why the walk ended. */
    enum Stop {
        END_OF_DATA,
        TORN,
        GAP
    }

    private final StorageFile file;
    private final JournalReader reader;
    private final SegmentHeader header;
    private final Place place;
    private final History history;

    EntryWalk(StorageFile file, SegmentHeader header, Place place, History history)
            throws IOException {
        this.file = file;
        this.reader =
                new JournalReader(file, (int) Math.min(JournalReader.WINDOW_BYTES, file.size()));
        this.header = header;
        this.place = place;
        this.history = history;
        history.begin(header);
    }

    /**
     * Walks to {@code toExclusive} at most.
     *
     * @param known an entry boundary of which the head of the segment tells
     */
    Stop run(long toExclusive, DurableProgress known, EntryConsumer consumer) throws IOException {
        reader.range(SegmentHeader.ENTRIES, toExclusive);
        proveStart();
        while (true) {
            EntryVerdict verdict = reader.next();
            if (verdict.isImpossible()) {
                throw impossible(verdict);
            }
            if (verdict != EntryVerdict.OK) {
                return verdict == EntryVerdict.END_OF_DATA ? Stop.END_OF_DATA : Stop.TORN;
            }
            if (reader.header().sequence() != history.sequence() + 1) {
                return outOfOrder();
            }
            checkBoundary(known);
            history.add(reader.header(), reader.payload());
            if (history.isReplayed()) {
                deliver(consumer);
            } else {
                proveStart();
            }
        }
    }

    /** Offset of the first byte that is not part of a valid next entry. */
    long stoppedAt() {
        return reader.offset();
    }

    /** At the last entry of a snapshot, and before one behind it is delivered. */
    private void proveStart() throws IOException {
        RecoveryStart start = history.start();
        if (start != null && start.isAt(history.sequence())) {
            start.prove(file, header, reader.end(), place);
        }
    }

    private void deliver(EntryConsumer consumer) {
        int at = reader.payload().position();
        try {
            consumer.onEntry(reader.header(), reader.payload(), header.codecVersion());
        } catch (JournalException e) {
            throw e;
        } catch (RuntimeException | Error e) {
            Skip skip = Skip.of(reader.header(), reader.payload().position(at));
            throw new ReplayFailed(here(), skip, e);
        }
    }

    private void checkBoundary(DurableProgress known) {
        boolean isInside = reader.offset() < known.offset() && reader.end() > known.offset();
        boolean isOther =
                reader.end() == known.offset() && reader.header().sequence() != known.sequence();
        if (isInside || isOther) {
            throw new HeaderCorrupt(
                    here(),
                    new Finding(
                            "head of the segment disagrees with its entries",
                            known.sequence() + " before offset " + known.offset(),
                            reader.header().sequence() + " before offset " + reader.end(),
                            RESTORE));
        }
    }

    private Stop outOfOrder() {
        EventHeader found = reader.header();
        Finding finding =
                new Finding(
                        "sequence out of order",
                        Long.toString(history.sequence() + 1),
                        Long.toString(found.sequence()),
                        RESTORE);
        if (reader.offset() == SegmentHeader.ENTRIES) {
            throw new SegmentStartMismatch(here(), finding);
        }
        if (found.sequence() <= history.sequence()) {
            throw new SequenceDuplicate(here(), finding);
        }
        return Stop.GAP;
    }

    private JournalException impossible(EntryVerdict verdict) {
        String what = "intact entry with impossible content, " + verdict;
        return switch (verdict) {
            case UNKNOWN_KIND, UNKNOWN_ID_SCHEME ->
                    new UnknownEventKind(
                            here(),
                            Finding.of(
                                    what,
                                    "nothing was changed; start the version of Melin that wrote"
                                            + " it"));
            default -> new EntryCorrupt(here(), Finding.of(what, RESTORE));
        };
    }

    private Place here() {
        return place.at(reader.offset(), reader.header().sequence());
    }
}
