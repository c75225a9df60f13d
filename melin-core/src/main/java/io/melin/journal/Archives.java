package io.melin.journal;

import io.melin.storage.StorageDirectory;
import io.melin.storage.StorageFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The sealed segments of a journal, beside its writer.
 *
 * <p>A1: archives are deleted from the oldest on, each durably before the next, so that no crash
 * leaves a hole. A2: whatever names a deletion relies on are durable before it.
 *
 * <p>Threading: one; takes no lock. A rotation may rename what is looked at: then a call fails with
 * an {@link IOException} and can be repeated.
 */
public final class Archives {
    private final StorageDirectory directory;
    private final SegmentNames names;
    private final Map<Long, Head> known = new HashMap<>();

    /**
     * A sealed segment.
     *
     * @param lineage of its journal
     * @param bytes to the end of its last entry
     * @param timeNs highest journaled time up to its last entry, since 1970
     */
    public record Archive(
            String name, UUID lineage, long segment, long lastSequence, long bytes, long timeNs) {}

    /** What never changes about an archive. */
    private record Head(SegmentHeader header, SealRecord seal) {}

    /**
     * @param directory of the journal, a handle of this thread's own; stays the caller's to close
     * @param journal name of the live segment
     */
    public Archives(StorageDirectory directory, String journal) {
        this.directory = directory;
        this.names = new SegmentNames(journal);
    }

    /**
     * All archives, the oldest first. Each is looked into once.
     *
     * @throws JournalException if the head of one is damaged
     * @throws IOException if a file cannot be read, or was renamed just now
     */
    public List<Archive> list() throws IOException {
        List<SegmentNames.Archive> files = names.archives(directory.list(), directory.path());
        List<Archive> archives = new ArrayList<>();
        for (int i = 0; i < files.size(); i++) {
            SegmentNames.Archive file = files.get(i);
            Head head = head(file);
            boolean isLast = i + 1 == files.size();
            SegmentHeader next = isLast ? live() : head(files.get(i + 1)).header();
            SealRecord seal = head.seal();
            archives.add(
                    new Archive(
                            file.name(),
                            head.header().lineage(),
                            file.segment(),
                            seal.lastSequence(),
                            seal.validEnd(),
                            next.timeNs()));
        }
        return archives;
    }

    private Head head(SegmentNames.Archive file) throws IOException {
        Head head = known.get(file.segment());
        if (head == null) {
            SegmentHead read = read(file.name());
            SealRecord seal = read.seal();
            if (seal == null) {
                throw new IOException("archive has no valid seal: file=" + file.name());
            }
            head = new Head(read.header(), seal);
            known.put(file.segment(), head);
        }
        return head;
    }

    private SegmentHeader live() throws IOException {
        return read(names.live()).header();
    }

    private SegmentHead read(String name) throws IOException {
        try (StorageFile file = directory.openRead(name)) {
            return SegmentHead.read(file, Place.of(directory.path() + "/" + name));
        }
    }

    /** Whether somebody has said that it was copied. */
    public boolean isCopied(Archive archive) throws IOException {
        return directory.exists(archive.name() + Retention.COPIED);
    }

    /** Deletes the oldest archive durably (A1, A2), and what says that it was copied. */
    public void delete(Archive oldest) throws IOException {
        directory.sync();
        directory.delete(oldest.name());
        directory.sync();
        known.remove(oldest.segment());
        if (isCopied(oldest)) {
            directory.delete(oldest.name() + Retention.COPIED);
        }
    }
}
