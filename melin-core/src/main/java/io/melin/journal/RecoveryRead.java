package io.melin.journal;

import io.melin.integrity.ChainHash;
import io.melin.journal.LiveRecovery.Verified;
import io.melin.storage.StorageDirectory;
import io.melin.storage.StorageFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Finds out what a directory holds, verifies it and replays it: the half of a recovery that only
 * reads. Whoever looks at a journal judges it by this.
 *
 * <p>R1: not a byte is written, no name is changed. R2: what is read is verified before it is
 * replayed, and a segment before the next one is opened. R3: no entry is replayed that the reader's
 * versions do not take.
 */
final class RecoveryRead {
    private final Rules rules;
    private final StorageDirectory directory;
    private final SegmentNames names;
    private final List<String> files;
    private final Found found;
    private History history = new History((RecoveryStart) null);
    private @Nullable SegmentLink previous;

    /**
     * What is to be read.
     *
     * @param unsyncedBytesMax how far a crash can tear
     * @param versions of the reader; null: any, nothing is decoded
     */
    record Rules(SegmentNames names, long unsyncedBytesMax, @Nullable Versions versions) {

        static Rules of(JournalConfig config) {
            return new Rules(
                    new SegmentNames(config.name()), config.unsyncedBytesMax(), config.versions());
        }
    }

    /** What there was instead of a live segment that simply goes on. */
    private record Found(boolean isLive, boolean isBlank, @Nullable Unnamed unnamed) {

        /** Whether a live segment is yet to be made. */
        boolean isCreated() {
            return !isLive && unnamed == null;
        }
    }

    RecoveryRead(Rules rules, StorageDirectory directory) throws IOException {
        this.rules = rules;
        this.directory = directory;
        this.names = rules.names();
        this.files = directory.list();
        boolean isThere = files.contains(names.live());
        boolean isBlank = isThere && isBlank(directory, names.live());
        this.found = new Found(isThere && !isBlank, isBlank, Unnamed.find(directory, names));
    }

    /**
     * Replays all there is.
     *
     * @return the live segment; null if one is yet to be made
     * @throws JournalException if the journal cannot be gone on from
     */
    @Nullable Verified run(Replay replay) throws IOException {
        return runUntil(replay, () -> false);
    }

    /**
     * As {@link #run}, for a reader that does not go on from the end.
     *
     * @param isEnough asked behind each archive: whether no later segment is wanted
     */
    @Nullable Verified runUntil(Replay replay, BooleanSupplier isEnough) throws IOException {
        Unnamed unnamed = found.unnamed();
        String last = found.isLive() || unnamed == null ? names.live() : unnamed.name();
        RecoveryStart start =
                new RecoveryStart(directory, names, files, found.isCreated() ? null : last);
        start.find(replay);
        history = new History(start);
        for (SegmentNames.Archive archive : start.archives()) {
            replayArchive(archive, replay);
            if (isEnough.getAsBoolean()) {
                return null;
            }
        }
        if (unnamed != null && found.isLive()) {
            replaySealed(unnamed, replay);
        }
        if (found.isCreated()) {
            start.requireReached(history.sequence(), place(names.live()));
            return null;
        }
        Verified live = replayLive(unnamed == null ? names.live() : unnamed.name(), replay);
        start.requireReached(history.sequence(), place(last));
        return live;
    }

    private void replayArchive(SegmentNames.Archive archive, EntryConsumer consumer)
            throws IOException {
        Place place = place(archive.name()).segment(archive.segment());
        try (StorageFile file = directory.openRead(archive.name())) {
            SegmentHead head = SegmentHead.read(file, place);
            checkHeader(head.header(), place);
            if (head.header().segment() != archive.segment()) {
                throw SegmentLink.missing(
                        head.header(), archive.segment(), history.sequence(), place);
            }
            EntryConsumer taken = guarded(head.header(), place, consumer);
            seal(head, new ArchiveRecovery(file, head, place), taken);
        }
    }

    /** The segment before the unnamed one still has the live name: it has to be an archive. */
    private void replaySealed(Unnamed unnamed, EntryConsumer consumer) throws IOException {
        Place place = place(names.live());
        try (StorageFile file = directory.openRead(names.live())) {
            SegmentHead head = SegmentHead.read(file, place);
            checkHeader(head.header(), place);
            SealRecord seal = head.seal();
            if (seal == null || !follows(unnamed.header(), head.header(), seal)) {
                throw unnamed.refusal(directory, "staging file holds entries of no next segment");
            }
            Place segment = place.segment(head.header().segment());
            EntryConsumer taken = guarded(head.header(), segment, consumer);
            seal(head, new ArchiveRecovery(file, head, segment), taken);
        }
    }

    private void seal(SegmentHead head, ArchiveRecovery recovery, EntryConsumer consumer)
            throws IOException {
        ChainHash tail = recovery.replay(history, consumer);
        previous = new SegmentLink(head.header(), history.sequence(), tail);
    }

    private static boolean follows(SegmentHeader next, SegmentHeader header, SealRecord seal) {
        return next.lineage().equals(header.lineage())
                && next.segment() == header.segment() + 1
                && next.startSequence() == seal.lastSequence() + 1
                && next.anchor().equals(seal.tail());
    }

    /** Verifies and replays a segment by the tail rule. */
    Verified replayLive(String name, EntryConsumer consumer) throws IOException {
        Place place = place(name);
        try (StorageFile file = directory.openRead(name)) {
            SegmentHead head = SegmentHead.read(file, place);
            SegmentHeader header = head.header();
            Place segment = place.segment(header.segment());
            checkHeader(header, segment);
            return new LiveRecovery(file, head, segment, rules.unsyncedBytesMax())
                    .replay(history, guarded(header, segment, consumer));
        }
    }

    private void checkHeader(SegmentHeader header, Place place) {
        if (rules.versions() != null) {
            rules.versions().requireNotNewer(header, place);
        }
        if (previous != null) { // Else the beginning was chosen, and so was judged.
            previous.requireNext(header, place);
        }
    }

    /** R3: an entry that these versions do not take ends the replay, if one is due at all. */
    private EntryConsumer guarded(SegmentHeader header, Place place, EntryConsumer consumer) {
        Versions versions = rules.versions();
        return versions == null
                ? consumer
                : (entry, payload, codecVersion) -> {
                    versions.requireReplayable(header, place.at(-1, entry.sequence()));
                    consumer.onEntry(entry, payload, codecVersion);
                };
    }

    /** Whether a file of the directory holds nothing but zeros. */
    static boolean isBlank(StorageDirectory directory, String name) throws IOException {
        try (StorageFile file = directory.openRead(name)) {
            return SegmentHead.isBlank(file);
        }
    }

    /** A segment with entries that has no name yet, if there is one. */
    @Nullable Unnamed unnamed() {
        return found.unnamed();
    }

    /** Whether there is no live segment, so that one is yet to be made. */
    boolean isCreated() {
        return found.isCreated();
    }

    /** The last archive; null if there is none. */
    @Nullable SegmentLink previous() {
        return previous;
    }

    /** What the entries that were read add up to. */
    History history() {
        return history;
    }

    /** Of the live segment, or of the one that is yet to be made. */
    DurableProgress end(@Nullable Verified live) {
        if (live != null) {
            SegmentTip tip = live.tip();
            return new DurableProgress(tip.sequence(), tip.segment(), tip.end());
        }
        long segment = previous == null ? 1 : previous.header().segment() + 1;
        return new DurableProgress(history.sequence(), segment, SegmentHeader.ENTRIES);
    }

    /** What a start does about this; {@code live} is what {@link #run} gave. */
    RecoveryForecast forecast(@Nullable Verified live) {
        List<String> notes = new ArrayList<>(live == null ? List.of() : live.tail().notes());
        if (found.unnamed() != null) {
            notes.add("a rotation was finished: the new segment had entries, but not its name");
        } else if (found.isBlank()) {
            notes.add("a live segment without a single byte but zeros was replaced by a new one");
        } else if (found.isCreated() && previous != null) {
            notes.add("archives without a live segment, a new one follows the last archive");
        }
        RecoveryReport.Tail tail =
                live == null
                        ? new RecoveryReport.Tail(SegmentHeader.ENTRIES, 0, false, notes)
                        : live.tail().withNotes(notes);
        RecoveryStart start = history.start();
        long after = start == null ? 0 : start.sequence();
        return new RecoveryForecast(
                found.isCreated() && previous == null,
                new RecoveryReport.Replayed(after, history.entries()),
                end(live),
                history.timeNs(),
                history.epoch(),
                tail);
    }

    private Place place(String name) {
        return Place.of(directory.path() + "/" + name);
    }
}
