package io.melin.journal;

import io.melin.event.EventHeader;
import io.melin.event.EventKind;
import io.melin.integrity.ChainHash;
import io.melin.integrity.HashChain;
import io.melin.journal.JournalException.Finding;
import io.melin.journal.JournalException.JournalIoFailure;
import io.melin.journal.LiveRecovery.Verified;
import io.melin.journal.SegmentReport.Content;
import io.melin.journal.SegmentReport.Point;
import io.melin.journal.SegmentReport.Role;
import io.melin.storage.StorageDirectory;
import io.melin.storage.StorageFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads every segment there is, also those that a start has no need of, and goes on behind damage.
 *
 * <p>S1: a segment is judged by the classes that a start judges it by. S2: nothing is written.
 */
final class SegmentSurvey {
    private final RecoveryRead.Rules rules;
    private final StorageDirectory directory;
    private final NavigableSet<Long> wanted;
    private final Map<Long, ChainHash> chains = new HashMap<>();
    private final List<SegmentReport> reports = new ArrayList<>();
    private @Nullable SegmentLink previous;

    /**
     * @param wanted sequences at which the chain is of interest
     */
    SegmentSurvey(RecoveryRead.Rules rules, StorageDirectory directory, NavigableSet<Long> wanted) {
        this.rules = rules;
        this.directory = directory;
        this.wanted = wanted;
    }

    /**
     * @throws JournalException if it cannot be told which segments there are
     * @throws NoSuchFileException if a file is gone since the directory was listed
     */
    JournalSurvey run() throws IOException {
        List<String> files = directory.list();
        String live = rules.names().live();
        for (SegmentNames.Archive archive : rules.names().archives(files, directory.path())) {
            look(archive.name(), Role.ARCHIVE, archive.segment());
        }
        Unnamed unnamed = unnamed();
        if (files.contains(live)) {
            boolean isBlank = RecoveryRead.isBlank(directory, live);
            Role role = unnamed == null ? Role.LIVE : Role.ARCHIVE;
            look(live, isBlank ? Role.BLANK : role, 0);
        }
        if (unnamed != null) {
            look(unnamed.name(), Role.UNNAMED, 0);
        }
        return new JournalSurvey(reports, chains);
    }

    /** A start refuses what this cannot make sense of. */
    private @Nullable Unnamed unnamed() throws IOException {
        try {
            return Unnamed.find(directory, rules.names());
        } catch (JournalException e) {
            return null;
        }
    }

    /**
     * @param number that the name says, 0 for none
     */
    private void look(String name, Role role, long number) throws IOException {
        Place place = Place.of(directory.path() + "/" + name);
        List<JournalException> damage = new ArrayList<>();
        try (StorageFile file = directory.openRead(name)) {
            SegmentHead head = role == Role.BLANK ? null : head(file, place, damage);
            Content content = null;
            if (head != null) {
                Place segment = place.segment(head.header().segment());
                link(head.header(), number, segment, damage);
                content = content(file, head, new Look(role, segment), damage);
                leave(head, content);
            } else if (role != Role.BLANK) {
                previous = null;
            }
            reports.add(
                    new SegmentReport(
                            name,
                            file.size(),
                            role,
                            head == null ? null : SegmentReport.Head.of(head),
                            content,
                            damage));
        } catch (NoSuchFileException e) {
            throw e;
        } catch (IOException e) {
            previous = null;
            damage.add(unreadable(place, e));
            reports.add(new SegmentReport(name, -1, role, null, null, damage));
        }
    }

    /** How a segment is read. */
    private record Look(Role role, Place place) {}

    private static @Nullable SegmentHead head(
            StorageFile file, Place place, List<JournalException> damage) throws IOException {
        try {
            return SegmentHead.read(file, place);
        } catch (JournalException e) {
            damage.add(e);
        } catch (IOException e) {
            damage.add(unreadable(place, e));
        }
        return null;
    }

    private void link(
            SegmentHeader header, long number, Place place, List<JournalException> damage) {
        try {
            if (previous != null) {
                previous.requireNext(header, place);
            }
            if (number != 0 && header.segment() != number) {
                throw SegmentLink.missing(header, number, header.startSequence() - 1, place);
            }
        } catch (JournalException e) {
            damage.add(e);
        }
    }

    private @Nullable Content content(
            StorageFile file, SegmentHead head, Look look, List<JournalException> damage)
            throws IOException {
        try {
            Content content = read(file, head, look);
            long first = head.header().startSequence() - 1;
            chains(file, head.header(), wanted.subSet(first, true, content.end().sequence(), true));
            return content;
        } catch (JournalException e) {
            damage.add(e);
        } catch (IOException e) {
            damage.add(unreadable(look.place(), e));
        }
        return null;
    }

    private Content read(StorageFile file, SegmentHead head, Look look) throws IOException {
        History history = new History((RecoveryStart) null);
        KindCounter counter = new KindCounter();
        ChainHash tail;
        long validEnd;
        if (look.role() == Role.ARCHIVE) {
            tail = new ArchiveRecovery(file, head, look.place()).replay(history, counter);
            validEnd = Objects.requireNonNull(head.seal()).validEnd(); // Else it was refused.
        } else {
            Verified verified =
                    new LiveRecovery(file, head, look.place(), rules.unsyncedBytesMax())
                            .replay(history, counter);
            tail = verified.chain().value();
            validEnd = verified.tip().end();
        }
        Point end = new Point(history.sequence(), history.epoch(), history.timeNs());
        return new Content(end, validEnd, tail, counter.counts());
    }

    /** The next segment is held against this one, or against what its seal says. */
    private void leave(SegmentHead head, @Nullable Content content) {
        SealRecord seal = head.seal();
        if (content != null) {
            previous = new SegmentLink(head.header(), content.end().sequence(), content.tail());
        } else if (seal != null) {
            previous = new SegmentLink(head.header(), seal.lastSequence(), seal.tail());
        } else {
            previous = null;
        }
    }

    /** In one pass over verified entries. */
    private void chains(StorageFile file, SegmentHeader header, NavigableSet<Long> sequences)
            throws IOException {
        if (sequences.isEmpty()) {
            return;
        }
        JournalReader reader =
                new JournalReader(file, (int) Math.min(JournalReader.WINDOW_BYTES, file.size()));
        reader.range(SegmentHeader.ENTRIES, file.size());
        HashChain chain = new HashChain(header.anchor());
        long sequence = header.startSequence() - 1;
        long hashed = SegmentHeader.ENTRIES;
        for (long wantedSequence : sequences) {
            while (sequence < wantedSequence && reader.next() == EntryVerdict.OK) {
                sequence = reader.header().sequence();
            }
            SegmentBytes.hash(file, hashed, reader.end(), chain);
            hashed = reader.end();
            chains.put(wantedSequence, chain.value());
        }
    }

    private static JournalIoFailure unreadable(Place place, IOException cause) {
        return new JournalIoFailure(
                place,
                Finding.of(
                        "segment cannot be read, " + cause,
                        "make the file readable, or restore it from a replica or a backup"),
                cause);
    }

    /** Counts what it is given. */
    private static final class KindCounter implements EntryConsumer {
        private final long[] counts = new long[EventKind.CONFIG + 1];

        @Override
        public void onEntry(EventHeader header, ByteBuffer payload, int codecVersion) {
            counts[header.kind()]++;
        }

        EntryCounts counts() {
            return new EntryCounts(
                    counts[EventKind.APP],
                    counts[EventKind.TICK],
                    counts[EventKind.EPOCH],
                    counts[EventKind.POLICY_CHANGE],
                    counts[EventKind.SKIP],
                    counts[EventKind.CONFIG]);
        }
    }
}
