package io.melin.journal;

import io.melin.event.EventKind;
import io.melin.storage.Storage;
import io.melin.storage.StorageDirectory;
import io.melin.storage.StorageFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Looks ahead for the entry that skips another one. What it finds is a hint only: whoever follows
 * it must meet that entry in the replay, or must not go on.
 */
public final class SkipSearch {
    private SkipSearch() {}

    /**
     * The skip of an entry that lies somewhere behind it; null if there is none.
     *
     * @throws IOException if a file cannot be read
     */
    public static @Nullable Skip find(JournalConfig config, Storage storage, long sequence)
            throws IOException {
        SegmentNames names = new SegmentNames(config.name());
        try (StorageDirectory directory = storage.open(config.directory())) {
            List<String> files = new ArrayList<>();
            List<String> all = directory.list();
            for (SegmentNames.Archive archive : names.archives(all, directory.path())) {
                files.add(archive.name());
            }
            files.add(names.live());
            files.addAll(names.unnamed(all));
            for (String name : files) {
                Skip found = directory.exists(name) ? findIn(directory, name, sequence) : null;
                if (found != null) {
                    return found;
                }
            }
            return null;
        }
    }

    private static @Nullable Skip findIn(StorageDirectory directory, String name, long sequence)
            throws IOException {
        try (StorageFile file = directory.openRead(name)) {
            int window = (int) Math.min(JournalReader.WINDOW_BYTES, file.size());
            JournalReader reader = new JournalReader(file, Math.max(window, Long.BYTES));
            reader.range(SegmentHeader.ENTRIES, file.size());
            while (reader.next() == EntryVerdict.OK) {
                if (isSkipOf(reader, sequence)) {
                    return Skip.read(reader.payload());
                }
            }
            return null;
        }
    }

    private static boolean isSkipOf(JournalReader reader, long sequence) {
        return reader.header().kind() == EventKind.SKIP
                && reader.header().sequence() > sequence
                && reader.payload().remaining() == Skip.PAYLOAD_BYTES
                && Skip.read(reader.payload()).sequence() == sequence;
    }
}
