package io.melin.journal;

import io.melin.journal.JournalException.Finding;
import io.melin.journal.JournalException.RotationUnfinished;
import io.melin.storage.StorageDirectory;
import io.melin.storage.StorageFile;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A segment with entries that never got its name: what a directory makes of a rotation when its
 * sync did not hold what it said.
 *
 * <p>U1: such a file is kept until its rotation is finished, or refused. U2: a staging file without
 * an entry was never part of the journal, whatever its header says.
 *
 * @param name that the file has
 */
record Unnamed(String name, SegmentHeader header) {

    /** The one such file of a journal, or null. */
    static @Nullable Unnamed find(StorageDirectory directory, SegmentNames names)
            throws IOException {
        Unnamed found = null;
        for (String name : names.unnamed(directory.list())) {
            Unnamed other = read(directory, name);
            if (other != null && found != null) {
                throw other.refusal(directory, "two staging files hold entries");
            }
            found = other == null ? found : other;
        }
        return found;
    }

    private static @Nullable Unnamed read(StorageDirectory directory, String name)
            throws IOException {
        try (StorageFile file = directory.openRead(name)) {
            JournalReader reader = new JournalReader(file, SegmentHeader.PAGE_BYTES);
            reader.range(SegmentHeader.ENTRIES, file.size());
            if (reader.next() != EntryVerdict.OK) {
                return null;
            }
            Place place = Place.of(directory.path() + "/" + name);
            return new Unnamed(name, SegmentHead.read(file, place).header());
        }
    }

    /** For a file that belongs to this journal by its looks, but does not continue it. */
    RotationUnfinished refusal(StorageDirectory directory, String what) {
        return new RotationUnfinished(
                Place.of(directory.path() + "/" + name)
                        .segment(header.segment())
                        .at(SegmentHeader.ENTRIES, header.startSequence()),
                Finding.of(
                        what,
                        "nothing was changed; keep all files, and restore those that belong"
                                + " together from a replica or a backup"));
    }
}
