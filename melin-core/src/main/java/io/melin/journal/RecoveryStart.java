package io.melin.journal;

import io.melin.integrity.HashChain;
import io.melin.journal.JournalException.Finding;
import io.melin.journal.JournalException.JournalMissing;
import io.melin.journal.JournalException.MissingHistoryPrefix;
import io.melin.journal.JournalException.NoUsableSnapshot;
import io.melin.journal.JournalException.SnapshotAheadOfJournal;
import io.melin.journal.JournalException.SnapshotChainMismatch;
import io.melin.journal.JournalException.SnapshotLineageMismatch;
import io.melin.journal.RecoveryTable.Facts;
import io.melin.journal.RecoveryTable.Match;
import io.melin.journal.RecoveryTable.Segments;
import io.melin.journal.RecoveryTable.Snapshots;
import io.melin.storage.StorageDirectory;
import io.melin.storage.StorageFile;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where a replay begins, and the proof that it may begin there; decided by {@link RecoveryTable}.
 *
 * <p>B1: no segment is read that lies wholly before what is needed, but for heads until the first
 * needed one is found. Threading: one.
 */
final class RecoveryStart {
    private static final String RESTORE =
            "nothing was changed; restore the missing files from a replica or a backup";
    private static final String KEEP =
            "nothing was changed; keep all files, and restore the journal from a replica or a"
                    + " backup";

    private final StorageDirectory directory;
    private final SegmentNames names;
    private List<SegmentNames.Archive> archives;
    private final @Nullable String last;
    private ReplayStart kept = ReplayStart.Beginning.INSTANCE;
    private Facts facts;

    /**
     * @param last file behind the archives: the live segment, or one that never got its name; null
     *     if there is none with a byte in it
     */
    RecoveryStart(
            StorageDirectory directory,
            SegmentNames names,
            List<String> files,
            @Nullable String last) {
        this.directory = directory;
        this.names = names;
        this.archives = names.archives(files, directory.path());
        this.last = last;
        boolean isThere = last != null || !archives.isEmpty();
        boolean isSeen = files.stream().anyMatch(names::isSnapshot);
        this.facts =
                new Facts(
                        isThere ? Segments.REACHING : Segments.NONE,
                        isThere || isSeen ? Snapshots.UNREAD : Snapshots.NONE,
                        Match.UNKNOWN);
    }

    /**
     * Finds the beginning.
     *
     * @throws JournalException if there is none to begin from
     */
    void find(Replay replay) throws IOException {
        if (ask(place(), "", "") != RecoveryTable.Decision.READ_SNAPSHOTS) {
            return;
        }
        kept = replay.begin(directory);
        archives = needed();
        String oldest = archives.isEmpty() ? Objects.requireNonNull(last) : archives.get(0).name();
        SegmentHeader header = headOf(oldest);
        ReplayStart.After after = after();
        UUID lineage = after == null ? header.lineage() : after.lineage();
        boolean isOther = !lineage.equals(header.lineage());
        facts =
                new Facts(
                        header.startSequence() <= sequence() + 1
                                ? Segments.REACHING
                                : Segments.TRIMMED,
                        snapshots(),
                        isOther ? Match.OTHER_LINEAGE : Match.UNKNOWN);
        Place found = place(oldest).segment(header.segment());
        if (isOther) {
            ask(found, header.lineage(), lineage);
        } else {
            ask(found, sequence() + 1, header.startSequence());
        }
    }

    private Snapshots snapshots() {
        if (kept instanceof ReplayStart.After) {
            return Snapshots.USABLE;
        }
        return kept instanceof ReplayStart.Damaged ? Snapshots.DAMAGED : Snapshots.NONE;
    }

    /** B1: all that hold an entry behind the kept state, and the one that can prove it. */
    private List<SegmentNames.Archive> needed() throws IOException {
        if (after() == null) {
            return archives;
        }
        if (last != null && headOf(last).startSequence() <= sequence() + 1) {
            return List.of();
        }
        for (int i = archives.size() - 1; i >= 0; i--) {
            if (headOf(archives.get(i).name()).startSequence() <= sequence() + 1) {
                return archives.subList(i, archives.size());
            }
        }
        return archives;
    }

    private SegmentHeader headOf(String name) throws IOException {
        try (StorageFile file = directory.openRead(name)) {
            return SegmentHead.read(file, place(name)).header();
        }
    }

    /** To be read, the oldest first. */
    List<SegmentNames.Archive> archives() {
        return archives;
    }

    /** The state that replay goes on from, if any. */
    ReplayStart.@Nullable After after() {
        return kept instanceof ReplayStart.After after ? after : null;
    }

    /** Of the last entry that is not replayed, 0 for none. */
    long sequence() {
        ReplayStart.After after = after();
        return after == null ? 0 : after.sequence();
    }

    /** Whether the proof is due here. */
    boolean isAt(long sequence) {
        ReplayStart.After after = after();
        return after != null && facts.match() == Match.UNKNOWN && after.sequence() == sequence;
    }

    /** Compares the entries up to {@code end}, the kept state's last, with what it remembers. */
    void prove(StorageFile file, SegmentHeader header, long end, Place place) throws IOException {
        ReplayStart.After after = after();
        if (after == null) {
            return;
        }
        HashChain chain = new HashChain(header.anchor());
        SegmentBytes.hash(file, SegmentHeader.ENTRIES, end, chain);
        boolean isSame = chain.value().equals(after.chain());
        facts =
                new Facts(
                        facts.segments(),
                        facts.snapshots(),
                        isSame ? Match.SAME : Match.OTHER_CHAIN);
        ask(place.at(end, after.sequence()), after.chain(), chain.value());
    }

    /**
     * After all segments, or all but a live one that is yet to be made.
     *
     * @param sequence of the last entry there is
     */
    void requireReached(long sequence, Place place) {
        if (after() != null && facts.match() == Match.UNKNOWN) {
            facts = new Facts(facts.segments(), facts.snapshots(), Match.BEHIND);
            ask(place.at(-1, sequence), sequence(), sequence);
        }
    }

    private RecoveryTable.Decision ask(Place place, Object expected, Object found) {
        RecoveryTable rule = RecoveryTable.ruleFor(facts);
        if (rule.decision() == RecoveryTable.Decision.REFUSE) {
            throw refusal(rule, place, expected.toString(), found.toString());
        }
        return rule.decision();
    }

    private static JournalException refusal(
            RecoveryTable rule, Place place, String expected, String found) {
        return switch (rule) {
            case ONLY_SNAPSHOTS ->
                    new JournalMissing(place, Finding.of("snapshots without a journal", RESTORE));
            case TRIMMED, TRIMMED_BEHIND ->
                    new MissingHistoryPrefix(
                            place,
                            new Finding(
                                    "oldest segment begins too late", expected, found, RESTORE));
            case NONE_USABLE ->
                    new NoUsableSnapshot(
                            place,
                            new Finding(
                                    "all snapshots are damaged and the first entries are gone",
                                    expected,
                                    found,
                                    "nothing was changed; restore a snapshot or the older archives"
                                            + " from a replica or a backup"));
            case FOREIGN ->
                    new SnapshotLineageMismatch(
                            place,
                            new Finding(
                                    "newest snapshot is of another journal",
                                    expected,
                                    found,
                                    "nothing was changed; move snapshots that do not belong here"
                                            + " away"));
            case AHEAD ->
                    new SnapshotAheadOfJournal(
                            place,
                            new Finding(
                                    "journal ends before its newest snapshot, so it has lost"
                                            + " durable entries",
                                    expected,
                                    found,
                                    KEEP
                                            + "; to accept that loss, move the snapshots behind"
                                            + " its end away"));
            case OTHER_HISTORY ->
                    new SnapshotChainMismatch(
                            place,
                            new Finding(
                                    "journal holds other entries than its newest snapshot comes"
                                            + " from",
                                    expected,
                                    found,
                                    KEEP + ", or move snapshots that do not belong here away"));
            case NOTHING, LOOK, WHOLE, WHOLE_INSTEAD, PROVE, TAIL ->
                    throw new AssertionError("not a refusal: " + rule);
        };
    }

    private Place place() {
        return place(names.live());
    }

    private Place place(String name) {
        return Place.of(directory.path() + "/" + name);
    }
}
