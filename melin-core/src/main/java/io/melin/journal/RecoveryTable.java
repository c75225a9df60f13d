package io.melin.journal;

import java.util.EnumSet;
import java.util.Set;

/**
 * What a start does with what it finds: segments, snapshots, and how the two belong together. Asked
 * again whenever more is known, until the answer is to begin or to refuse.
 *
 * <p>U1: exactly one rule fits any facts. U2: nothing behind a snapshot is replayed before the
 * facts say that it is of this journal.
 *
 * <pre>
 * rule                segments   snapshots   match          decision
 * NOTHING             NONE       NONE        ANY            create
 * ONLY_SNAPSHOTS      NONE       other       ANY            refuse: JournalMissing
 * LOOK                other      UNREAD      ANY            read the snapshots
 * WHOLE               REACHING   NONE        ANY            replay from the first entry
 * WHOLE_INSTEAD       REACHING   DAMAGED     ANY            replay from the first entry
 * TRIMMED             TRIMMED    NONE        ANY            refuse: MissingHistoryPrefix
 * NONE_USABLE         TRIMMED    DAMAGED     ANY            refuse: NoUsableSnapshot
 * FOREIGN             other      USABLE      OTHER_LINEAGE  refuse: SnapshotLineageMismatch
 * TRIMMED_BEHIND      TRIMMED    USABLE      other          refuse: MissingHistoryPrefix
 * PROVE               REACHING   USABLE      UNKNOWN        verify up to the snapshot
 * AHEAD               REACHING   USABLE      BEHIND         refuse: SnapshotAheadOfJournal
 * OTHER_HISTORY       REACHING   USABLE      OTHER_CHAIN    refuse: SnapshotChainMismatch
 * TAIL                REACHING   USABLE      SAME           replay behind the snapshot
 * </pre>
 */
enum RecoveryTable {
    NOTHING(
            EnumSet.of(Segments.NONE),
            EnumSet.of(Snapshots.NONE),
            EnumSet.allOf(Match.class),
            Decision.CREATE),
    ONLY_SNAPSHOTS(
            EnumSet.of(Segments.NONE),
            EnumSet.complementOf(EnumSet.of(Snapshots.NONE)),
            EnumSet.allOf(Match.class),
            Decision.REFUSE),
    LOOK(
            EnumSet.of(Segments.REACHING, Segments.TRIMMED),
            EnumSet.of(Snapshots.UNREAD),
            EnumSet.allOf(Match.class),
            Decision.READ_SNAPSHOTS),
    WHOLE(
            EnumSet.of(Segments.REACHING),
            EnumSet.of(Snapshots.NONE),
            EnumSet.allOf(Match.class),
            Decision.REPLAY),
    WHOLE_INSTEAD(
            EnumSet.of(Segments.REACHING),
            EnumSet.of(Snapshots.DAMAGED),
            EnumSet.allOf(Match.class),
            Decision.REPLAY),
    TRIMMED(
            EnumSet.of(Segments.TRIMMED),
            EnumSet.of(Snapshots.NONE),
            EnumSet.allOf(Match.class),
            Decision.REFUSE),
    NONE_USABLE(
            EnumSet.of(Segments.TRIMMED),
            EnumSet.of(Snapshots.DAMAGED),
            EnumSet.allOf(Match.class),
            Decision.REFUSE),
    FOREIGN(
            EnumSet.of(Segments.REACHING, Segments.TRIMMED),
            EnumSet.of(Snapshots.USABLE),
            EnumSet.of(Match.OTHER_LINEAGE),
            Decision.REFUSE),
    TRIMMED_BEHIND(
            EnumSet.of(Segments.TRIMMED),
            EnumSet.of(Snapshots.USABLE),
            EnumSet.complementOf(EnumSet.of(Match.OTHER_LINEAGE)),
            Decision.REFUSE),
    PROVE(
            EnumSet.of(Segments.REACHING),
            EnumSet.of(Snapshots.USABLE),
            EnumSet.of(Match.UNKNOWN),
            Decision.VERIFY),
    AHEAD(
            EnumSet.of(Segments.REACHING),
            EnumSet.of(Snapshots.USABLE),
            EnumSet.of(Match.BEHIND),
            Decision.REFUSE),
    OTHER_HISTORY(
            EnumSet.of(Segments.REACHING),
            EnumSet.of(Snapshots.USABLE),
            EnumSet.of(Match.OTHER_CHAIN),
            Decision.REFUSE),
    TAIL(
            EnumSet.of(Segments.REACHING),
            EnumSet.of(Snapshots.USABLE),
            EnumSet.of(Match.SAME),
            Decision.REPLAY);

    /** What there is of the journal. */
    enum Segments {
        /** No segment, live or archive, that could hold an entry. */
        NONE,
        /** They begin at or before the entry that is needed first. */
        REACHING,
        /** They begin behind it. */
        TRIMMED
    }

    /** What there is of snapshots. */
    enum Snapshots {
        NONE,
        /** Nobody has looked into them yet. */
        UNREAD,
        DAMAGED,
        USABLE
    }

    /** How the journal stands to the snapshot. */
    enum Match {
        UNKNOWN,
        OTHER_LINEAGE,
        /** It ends before the snapshot's last entry. */
        BEHIND,
        /** It holds other entries up to there. */
        OTHER_CHAIN,
        SAME
    }

    /** What is to be done next. */
    enum Decision {
        CREATE,
        READ_SNAPSHOTS,
        VERIFY,
        REPLAY,
        REFUSE
    }

    /** All that is known so far. */
    record Facts(Segments segments, Snapshots snapshots, Match match) {}

    private final Set<Segments> segments;
    private final Set<Snapshots> snapshots;
    private final Set<Match> matches;
    private final Decision decision;

    RecoveryTable(
            Set<Segments> segments,
            Set<Snapshots> snapshots,
            Set<Match> matches,
            Decision decision) {
        this.segments = segments;
        this.snapshots = snapshots;
        this.matches = matches;
        this.decision = decision;
    }

    /** The rule for these facts (U1). */
    static RecoveryTable ruleFor(Facts facts) {
        for (RecoveryTable rule : values()) {
            if (rule.fits(facts)) {
                return rule;
            }
        }
        throw new AssertionError("U1: no rule fits: facts=" + facts);
    }

    boolean fits(Facts facts) {
        return segments.contains(facts.segments())
                && snapshots.contains(facts.snapshots())
                && matches.contains(facts.match());
    }

    Decision decision() {
        return decision;
    }
}
