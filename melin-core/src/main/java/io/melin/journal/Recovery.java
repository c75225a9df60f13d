package io.melin.journal;

import io.melin.event.EventHeader;
import io.melin.integrity.ChainHash;
import io.melin.journal.JournalException.Finding;
import io.melin.journal.JournalException.ForeignSegment;
import io.melin.journal.JournalException.MissingSegment;
import io.melin.journal.JournalException.RotationUnfinished;
import io.melin.journal.JournalException.SegmentChainBreak;
import io.melin.journal.JournalException.UnsupportedAppVersion;
import io.melin.journal.JournalException.UnsupportedCodecVersion;
import io.melin.journal.LiveRecovery.Verified;
import io.melin.storage.StorageDirectory;
import io.melin.storage.StorageFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Finds out what a directory holds, replays it, and only then makes it ready to be appended to.
 *
 * <p>Y1: nothing is written before everything is verified and replayed. Y2: whether there is a
 * journal is decided by any segment, live or archive, never by the live file alone. Y3: before
 * anything is served, all that was replayed, and its names, are synced.
 */
final class Recovery {
    private static final String RESTORE =
            "nothing was changed; restore the missing files from a replica or a backup";

    private final JournalConfig config;
    private final JournalPorts ports;
    private final StorageDirectory directory;
    private final SegmentNames names;
    private History history = new History((RecoveryStart) null);
    private @Nullable Sealed previous;

    Recovery(JournalConfig config, JournalPorts ports, StorageDirectory directory) {
        this.config = config;
        this.ports = ports;
        this.directory = directory;
        this.names = new SegmentNames(config.name());
    }

    /** The archive before the segment at hand. */
    private record Sealed(SegmentHeader header, ChainHash tail) {}

    /** What {@link #run} leaves behind: a writer that may go on. */
    record Result(SegmentWriter writer, RecoveryReport report) {}

    Result run(Replay replay) throws IOException {
        long startedNs = ports.time().tickerNs();
        List<String> files = directory.list();
        boolean isLive = files.contains(names.live());
        boolean isBlank = isLive && isBlankLive();
        boolean isCreated = !isLive || isBlank;
        RecoveryStart start = new RecoveryStart(directory, names, files, !isCreated);
        start.find(replay);
        history = new History(start);
        for (SegmentNames.Archive archive : start.archives()) {
            replayArchive(archive, replay);
        }
        if (isCreated) {
            start.requireReached(history.sequence(), place(names.live()));
            createLive();
        }
        Verified live = replayLive(replay);
        start.requireReached(history.sequence(), place(names.live()));
        SegmentWriter writer = prepare(live);
        return new Result(writer, report(isCreated, isBlank, live, startedNs));
    }

    private void replayArchive(SegmentNames.Archive archive, EntryConsumer consumer)
            throws IOException {
        Place place = place(archive.name()).segment(archive.segment());
        try (StorageFile file = directory.openRead(archive.name())) {
            SegmentHead head = SegmentHead.read(file, place);
            SegmentHeader header = head.header();
            checkApplication(header, place);
            checkLink(header, place);
            if (header.segment() != archive.segment()) {
                throw missing(place, archive.segment(), header);
            }
            ChainHash tail = new ArchiveRecovery(file, head, place).replay(history, consumer);
            previous = new Sealed(header, tail);
        }
    }

    private Verified replayLive(EntryConsumer consumer) throws IOException {
        Place place = place(names.live());
        try (StorageFile file = directory.openRead(names.live())) {
            SegmentHead head = SegmentHead.read(file, place);
            SegmentHeader header = head.header();
            Place segment = place.segment(header.segment());
            checkCodec(header, segment);
            checkApplication(header, segment);
            checkLink(header, segment);
            LiveRecovery recovery =
                    new LiveRecovery(file, head, segment, config.unsyncedBytesMax());
            Verified verified = recovery.replay(history, consumer);
            checkStaging();
            return verified;
        }
    }

    private void checkLink(SegmentHeader header, Place place) {
        Sealed sealed = previous;
        if (sealed == null) {
            return; // The beginning was chosen, and so was judged.
        }
        SegmentHeader before = sealed.header();
        if (!header.lineage().equals(before.lineage())) {
            throw new ForeignSegment(
                    place,
                    new Finding(
                            "segment of another journal",
                            before.lineage().toString(),
                            header.lineage().toString(),
                            RESTORE));
        }
        if (header.segment() != before.segment() + 1) {
            throw missing(place, before.segment() + 1, header);
        }
        if (header.startSequence() != history.sequence() + 1
                || !header.anchor().equals(sealed.tail())) {
            throw new SegmentChainBreak(
                    place,
                    new Finding(
                            "segment does not follow the one before it",
                            "start " + (history.sequence() + 1) + ", anchor " + sealed.tail(),
                            "start " + header.startSequence() + ", anchor " + header.anchor(),
                            RESTORE));
        }
    }

    private MissingSegment missing(Place place, long expected, SegmentHeader found) {
        return new MissingSegment(
                place,
                new Finding(
                        "segment is missing",
                        "number " + expected + ", start " + (history.sequence() + 1),
                        "number " + found.segment() + ", start " + found.startSequence(),
                        RESTORE));
    }

    private void checkCodec(SegmentHeader header, Place place) {
        if (header.codecVersion() != config.codecVersion()) {
            throw new UnsupportedCodecVersion(
                    place,
                    new Finding(
                            "journal was written with another version of the event codec",
                            Integer.toString(config.codecVersion()),
                            Integer.toString(header.codecVersion()),
                            "start with the codec that wrote it; changing it needs a snapshot and"
                                    + " a rotation, which this version cannot do yet"));
        }
    }

    private void checkApplication(SegmentHeader header, Place place) {
        if (header.applicationVersion() != config.applicationVersion()) {
            throw new UnsupportedAppVersion(
                    place,
                    new Finding(
                            "journal was written by another version of the application",
                            Integer.toString(config.applicationVersion()),
                            Integer.toString(header.applicationVersion()),
                            "start the application version that wrote it; changing it needs a"
                                    + " snapshot and a rotation, which this version cannot do"
                                    + " yet"));
        }
    }

    private boolean isBlankLive() throws IOException {
        try (StorageFile file = directory.openRead(names.live())) {
            return SegmentHead.isBlank(file);
        }
    }

    /** No live segment: the first one, or the one that an interrupted rotation did not name. */
    private void createLive() throws IOException {
        Sealed before = previous;
        checkStaging();
        SegmentHeader header = before == null ? genesis(ports.entropy()) : successor(before);
        SegmentCreation.create(directory, names, header, config.prezeroedBytes());
    }

    private SegmentHeader genesis(RandomGenerator entropy) {
        byte[] anchor = new byte[ChainHash.BYTES];
        entropy.nextBytes(anchor);
        UUID lineage = new UUID(entropy.nextLong(), entropy.nextLong());
        return header(lineage, 1, ChainHash.of(anchor));
    }

    private SegmentHeader successor(Sealed before) {
        SegmentHeader last = before.header();
        return header(last.lineage(), last.segment() + 1, before.tail());
    }

    private SegmentHeader header(UUID lineage, long segment, ChainHash anchor) {
        return new SegmentHeader(
                config.codecVersion(),
                config.applicationVersion(),
                lineage,
                segment,
                history.sequence() + 1,
                history.epoch(),
                history.timeNs(),
                anchor);
    }

    /** A staging file may be dropped only if nothing was ever written into it. */
    private void checkStaging() throws IOException {
        if (!directory.exists(names.staging())) {
            return;
        }
        try (StorageFile file = directory.openRead(names.staging())) {
            JournalReader reader = new JournalReader(file, SegmentHeader.PAGE_BYTES);
            reader.range(SegmentHeader.ENTRIES, file.size());
            if (reader.next() == EntryVerdict.OK) {
                EventHeader first = reader.header();
                throw new RotationUnfinished(
                        place(names.staging()).at(reader.offset(), first.sequence()),
                        Finding.of(
                                "staging file holds entries",
                                "nothing was changed; keep all files, and finish the rotation"
                                        + " with the version of Melin that began it"));
            }
        }
    }

    /** Y1: from here on files change. */
    private SegmentWriter prepare(Verified live) throws IOException {
        if (directory.exists(names.staging())) {
            directory.delete(names.staging());
        }
        directory.sync(); // Y3
        StorageFile file = directory.openWrite(names.live());
        boolean isReady = false;
        try {
            SegmentSpace space =
                    new SegmentRepair(file, live, ports.time())
                            .run(config.prezeroedBytes(), place(names.live()).path());
            SegmentWriter writer = new SegmentWriter(space, ports, live.tip(), live.chain());
            isReady = true;
            return writer;
        } finally {
            if (!isReady) {
                file.close();
            }
        }
    }

    private RecoveryReport report(
            boolean isCreated, boolean isBlank, Verified live, long startedNs) {
        List<String> notes = new ArrayList<>(live.tail().notes());
        if (isBlank) {
            notes.add("a live segment without a single byte but zeros was replaced by a new one");
        } else if (isCreated && live.tip().segment() > 1) {
            notes.add("archives without a live segment, a new one follows the last archive");
        }
        return new RecoveryReport(
                isCreated && live.tip().segment() == 1,
                live.lineage(),
                new DurableProgress(live.tip().sequence(), live.tip().segment(), live.tip().end()),
                history.timeNs(),
                history.epoch(),
                new RecoveryReport.Replayed(startSequence(), history.entries()),
                live.tail().withNotes(notes),
                ports.time().tickerNs() - startedNs);
    }

    private long startSequence() {
        RecoveryStart start = history.start();
        return start == null ? 0 : start.sequence();
    }

    private Place place(String name) {
        return Place.of(directory.path() + "/" + name);
    }
}
