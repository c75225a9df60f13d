package io.melin.journal;

/** What a look at the bytes where an entry may begin says. Total: any bytes, one verdict. */
public enum EntryVerdict {
    /** A whole entry. */
    OK(Kind.ENTRY),
    /** The file ends here, or the first word is zero. */
    END_OF_DATA(Kind.END),
    /** The bytes end before the entry does. */
    TRUNCATED(Kind.MAYBE_TORN),
    BAD_MAGIC(Kind.MAYBE_TORN),
    BAD_LENGTH(Kind.MAYBE_TORN),
    CRC_MISMATCH(Kind.MAYBE_TORN),
    /** Checksum good, but bits or padding that must be zero are not, or the lengths disagree. */
    MALFORMED(Kind.IMPOSSIBLE),
    /** Checksum good, written by a newer or foreign program. */
    UNKNOWN_KIND(Kind.IMPOSSIBLE),
    /** Checksum good, an id scheme that nobody assigned. */
    UNKNOWN_ID_SCHEME(Kind.IMPOSSIBLE),
    /** Checksum good, but not the payload length that its kind demands. */
    BAD_PAYLOAD_LENGTH(Kind.IMPOSSIBLE);

    private enum Kind {
        ENTRY,
        END,
        MAYBE_TORN,
        IMPOSSIBLE
    }

    private final Kind kind;

    EntryVerdict(Kind kind) {
        this.kind = kind;
    }

    /** Whether a crash in the middle of an append can leave such bytes. */
    public boolean isMaybeTorn() {
        return kind == Kind.MAYBE_TORN;
    }

    /** Whether somebody wrote these very bytes on purpose: never the work of a crash. */
    public boolean isImpossible() {
        return kind == Kind.IMPOSSIBLE;
    }
}
