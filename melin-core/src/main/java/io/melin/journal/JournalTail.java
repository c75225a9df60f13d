package io.melin.journal;

import io.melin.event.EventHeader;
import io.melin.integrity.ChainHash;
import io.melin.journal.JournalException.Finding;
import io.melin.journal.JournalException.ForeignSegment;
import io.melin.journal.JournalException.MissingHistoryPrefix;
import io.melin.journal.JournalException.SegmentChainBreak;
import io.melin.journal.JournalException.SnapshotChainMismatch;
import io.melin.journal.JournalException.SnapshotLineageMismatch;
import io.melin.storage.StorageDirectory;
import io.melin.storage.StorageFile;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Follows a journal behind its writer, segment after segment, and verifies what it reads: checksum,
 * order and chain of every entry.
 *
 * <p>X1: nothing behind the durable point is looked at, so that nothing is ever seen half written.
 * X2: an entry is given out only behind all that precede it. X3: a segment is left for the next
 * only when it is what its seal says, and the next is what follows it. Reads at most 64 KiB at
 * once, unless a single entry is larger.
 *
 * <p>Threading: one, while the writer goes on on others. Takes no lock.
 */
public final class JournalTail implements Closeable {
    private static final String RESTORE =
            "the node goes on, but a restart would refuse this; restore the files from a replica or"
                    + " a backup";

    private final StorageDirectory directory;
    private final SegmentNames names;
    private final Follower follower;
    private @Nullable TailSegment segment;

    /**
     * @param directory of the journal, a handle of this thread's own; stays the caller's to close
     * @param journal name of the live segment
     * @param follower of that journal; is told which segment this tail reads
     */
    public JournalTail(StorageDirectory directory, String journal, Follower follower) {
        this.directory = directory;
        this.follower = follower;
        follower.reads(0); // whatever it will begin with
        this.names = new SegmentNames(journal);
    }

    /**
     * Opens the newest segment that begins at or before the entry behind {@code sequence}; {@link
     * #next} gives its entries from the first.
     *
     * @throws MissingHistoryPrefix if the oldest segment begins later
     * @throws IOException if a file cannot be read, or was renamed just now: try again
     */
    public void begin(long sequence) throws IOException {
        leave();
        List<String> files = new ArrayList<>();
        for (SegmentNames.Archive archive : names.archives(directory.list(), directory.path())) {
            files.add(archive.name());
        }
        files.add(names.live());
        Collections.reverse(files);
        long oldest = Long.MAX_VALUE;
        for (String name : files) {
            TailSegment opened = open(name);
            oldest = opened.header().startSequence();
            if (oldest <= sequence + 1) {
                go(opened);
                return;
            }
            opened.close();
        }
        throw new MissingHistoryPrefix(
                Place.of(directory.path()),
                new Finding(
                        "oldest segment begins too late",
                        Long.toString(sequence + 1),
                        Long.toString(oldest),
                        RESTORE));
    }

    /**
     * Goes to the next entry.
     *
     * @param durable up to which the writer has synced; never less than the last time
     * @return false if there is none yet
     * @throws JournalException if there is damage (X2, X3); this tail is of no use then
     */
    public boolean next(DurableProgress durable) throws IOException {
        while (true) {
            TailSegment at = current();
            long number = at.header().segment();
            if (number >= durable.segment()) {
                return number == durable.segment() && at.next(durable.offset());
            }
            if (at.next(at.sealedEnd())) {
                return true;
            }
            at.requireSealed(); // X3
            if (!follow(at)) {
                return false;
            }
        }
    }

    /** The next segment has its archive's name already, or still the live one. */
    private boolean follow(TailSegment before) throws IOException {
        long number = before.header().segment() + 1;
        for (String name : List.of(names.archive(number), names.live())) {
            TailSegment opened = openIfThere(name);
            if (opened == null) {
                continue;
            }
            if (opened.header().segment() == number) {
                boolean isNext = false;
                try {
                    requireLink(before, opened);
                    isNext = true;
                } finally {
                    (isNext ? before : opened).close();
                }
                go(opened);
                return true;
            }
            opened.close();
        }
        return false;
    }

    private void go(TailSegment next) {
        segment = next;
        follower.reads(next.header().segment());
    }

    private static void requireLink(TailSegment before, TailSegment next) {
        SegmentHeader header = next.header();
        if (!header.lineage().equals(before.header().lineage())) {
            throw new ForeignSegment(
                    next.place(),
                    new Finding(
                            "segment of another journal",
                            before.header().lineage().toString(),
                            header.lineage().toString(),
                            RESTORE));
        }
        if (header.startSequence() != before.sequence() + 1
                || !header.anchor().equals(before.chain())) {
            throw new SegmentChainBreak(
                    next.place(),
                    new Finding(
                            "segment does not follow the one before it",
                            "start " + (before.sequence() + 1) + ", anchor " + before.chain(),
                            "start " + header.startSequence() + ", anchor " + header.anchor(),
                            RESTORE));
        }
    }

    private @Nullable TailSegment openIfThere(String name) throws IOException {
        try {
            return directory.exists(name) ? open(name) : null;
        } catch (NoSuchFileException e) {
            return null; // Renamed between the two calls.
        }
    }

    private TailSegment open(String name) throws IOException {
        StorageFile file = directory.openRead(name);
        boolean isOpen = false;
        try {
            TailSegment opened = new TailSegment(file, Place.of(directory.path() + "/" + name));
            isOpen = true;
            return opened;
        } finally {
            if (!isOpen) {
                file.close();
            }
        }
    }

    private TailSegment current() {
        TailSegment at = segment;
        if (at == null) {
            throw new IllegalStateException("journal tail was not begun");
        }
        return at;
    }

    /** Of the last entry; reused. */
    public EventHeader header() {
        return current().entry();
    }

    /** Of the last entry, little-endian; reused, valid until the next call of {@link #next}. */
    public ByteBuffer payload() {
        return current().payload();
    }

    /** Of the codec that wrote the last entry. */
    public int codecVersion() {
        return current().header().codecVersion();
    }

    /**
     * That the last entry can be applied by these versions.
     *
     * @throws JournalException if it cannot
     */
    public void requireReplayable(Versions versions) {
        TailSegment at = current();
        versions.requireReplayable(at.header(), at.place().at(-1, at.sequence()));
    }

    public UUID lineage() {
        return current().header().lineage();
    }

    /** Of the last entry, or the one before the segment that was begun with. */
    public long sequence() {
        return current().sequence();
    }

    /** Behind the last entry, in its segment. */
    public long offset() {
        return current().end();
    }

    /** Hash of its segment's entries up to the last one. Allocates. */
    public ChainHash chain() {
        return current().chain();
    }

    /**
     * At the last entry of a kept state: compares the entries so far with what it remembers.
     *
     * @throws SnapshotLineageMismatch if the state is of another journal
     * @throws SnapshotChainMismatch if it comes from other entries
     */
    public void prove(ReplayStart.After start) {
        Place here = current().place().at(offset(), sequence());
        if (!start.lineage().equals(lineage())) {
            throw new SnapshotLineageMismatch(
                    here,
                    new Finding(
                            "newest snapshot is of another journal",
                            lineage().toString(),
                            start.lineage().toString(),
                            RESTORE));
        }
        ChainHash found = chain();
        if (start.sequence() != sequence() || !start.chain().equals(found)) {
            throw new SnapshotChainMismatch(
                    here,
                    new Finding(
                            "journal holds other entries than its newest snapshot comes from",
                            start.sequence() + ", " + start.chain(),
                            sequence() + ", " + found,
                            RESTORE));
        }
    }

    @Override
    public void close() throws IOException {
        follower.ends();
        leave();
    }

    private void leave() throws IOException {
        TailSegment at = segment;
        segment = null;
        if (at != null) {
            at.close();
        }
    }
}
