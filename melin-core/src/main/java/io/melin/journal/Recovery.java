package io.melin.journal;

import io.melin.integrity.ChainHash;
import io.melin.journal.JournalException.Finding;
import io.melin.journal.JournalException.ForeignSegment;
import io.melin.journal.JournalException.MissingSegment;
import io.melin.journal.JournalException.SegmentChainBreak;
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
 * anything is served, all that was replayed, and its names, are synced. Y4: no entry is appended to
 * a segment that another version of codec or application began.
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

    /** What {@link #run} leaves behind: a live segment that may be appended to. */
    record Result(
            LiveSegment live, History history, DiskCounters counters, RecoveryReport report) {}

    Result run(Replay replay) throws IOException {
        long startedNs = ports.time().tickerNs();
        List<String> files = directory.list();
        boolean isBlank = files.contains(names.live()) && isBlankLive();
        boolean isLive = files.contains(names.live()) && !isBlank;
        Unnamed unnamed = Unnamed.find(directory, names);
        Found found = new Found(!isLive && unnamed == null, isBlank, unnamed);
        String last = isLive || unnamed == null ? names.live() : unnamed.name();
        RecoveryStart start =
                new RecoveryStart(directory, names, files, found.isCreated() ? null : last);
        start.find(replay);
        history = new History(start);
        for (SegmentNames.Archive archive : start.archives()) {
            replayArchive(archive, replay);
        }
        if (unnamed != null && isLive) {
            replaySealed(unnamed, replay);
        } else if (found.isCreated()) {
            start.requireReached(history.sequence(), place(names.live()));
            createLive();
        }
        Verified live = replayLive(unnamed, replay);
        start.requireReached(history.sequence(), place(last));
        if (isEmpty(live) && !config.versions().isOf(live.head().header())) {
            renew(live.head().header());
            live = replayLive(null, replay);
        }
        SegmentSpace space = prepare(live, unnamed);
        return new Result(
                new LiveSegment(live.head().header(), space, live.tip(), live.chain()),
                new History(history),
                space.counters(),
                report(found, live, startedNs));
    }

    /** What there was instead of a live segment that simply goes on. */
    private record Found(boolean isCreated, boolean isBlank, @Nullable Unnamed unnamed) {}

    private void replayArchive(SegmentNames.Archive archive, EntryConsumer consumer)
            throws IOException {
        Place place = place(archive.name()).segment(archive.segment());
        try (StorageFile file = directory.openRead(archive.name())) {
            SegmentHead head = SegmentHead.read(file, place);
            SegmentHeader header = head.header();
            config.versions().requireNotNewer(header, place);
            checkLink(header, place);
            if (header.segment() != archive.segment()) {
                throw missing(place, archive.segment(), header);
            }
            EntryConsumer due = guarded(header, place, consumer);
            ChainHash tail = new ArchiveRecovery(file, head, place).replay(history, due);
            previous = new Sealed(header, tail);
        }
    }

    /** The segment before the unnamed one still has the live name: it has to be an archive. */
    private void replaySealed(Unnamed unnamed, EntryConsumer consumer) throws IOException {
        Place place = place(names.live());
        try (StorageFile file = directory.openRead(names.live())) {
            SegmentHead head = SegmentHead.read(file, place);
            SegmentHeader header = head.header();
            config.versions().requireNotNewer(header, place);
            checkLink(header, place);
            SealRecord seal = head.seal();
            if (seal == null || !follows(unnamed.header(), header, seal)) {
                throw unnamed.refusal(directory, "staging file holds entries of no next segment");
            }
            Place segment = place.segment(header.segment());
            EntryConsumer due = guarded(header, segment, consumer);
            ChainHash tail = new ArchiveRecovery(file, head, segment).replay(history, due);
            previous = new Sealed(header, tail);
        }
    }

    private static boolean follows(SegmentHeader next, SegmentHeader header, SealRecord seal) {
        return next.lineage().equals(header.lineage())
                && next.segment() == header.segment() + 1
                && next.startSequence() == seal.lastSequence() + 1
                && next.anchor().equals(seal.tail());
    }

    private Verified replayLive(@Nullable Unnamed unnamed, EntryConsumer consumer)
            throws IOException {
        String name = unnamed == null ? names.live() : unnamed.name();
        Place place = place(name);
        try (StorageFile file = directory.openRead(name)) {
            SegmentHead head = SegmentHead.read(file, place);
            SegmentHeader header = head.header();
            Place segment = place.segment(header.segment());
            config.versions().requireNotNewer(header, segment);
            checkLink(header, segment);
            LiveRecovery recovery =
                    new LiveRecovery(file, head, segment, config.unsyncedBytesMax());
            return recovery.replay(history, guarded(header, segment, consumer));
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

    /** Entries that these versions do not take end the replay, if one is due at all. */
    private EntryConsumer guarded(SegmentHeader header, Place place, EntryConsumer consumer) {
        return (entry, payload, codecVersion) -> {
            config.versions().requireReplayable(header, place.at(-1, entry.sequence()));
            consumer.onEntry(entry, payload, codecVersion);
        };
    }

    private boolean isBlankLive() throws IOException {
        try (StorageFile file = directory.openRead(names.live())) {
            return SegmentHead.isBlank(file);
        }
    }

    /** No live segment: the first one, or the one that an interrupted rotation did not name. */
    private void createLive() throws IOException {
        Sealed before = previous;
        SegmentHeader header = before == null ? genesis(ports.entropy()) : successor(before);
        SegmentCreation.create(directory, names, header, config);
    }

    private static boolean isEmpty(Verified live) {
        return live.tip().sequence() == live.head().header().startSequence() - 1;
    }

    /** Y4: one without entries is replaced; one with entries is for the caller to rotate. */
    private void renew(SegmentHeader old) throws IOException {
        SegmentHeader header =
                new SegmentHeader(
                        config.codecVersion(),
                        config.applicationVersion(),
                        old.lineage(),
                        old.segment(),
                        old.startSequence(),
                        old.epoch(),
                        old.timeNs(),
                        old.anchor());
        SegmentCreation.create(directory, names, header, config);
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

    /** Y1: from here on files change. */
    private SegmentSpace prepare(Verified live, @Nullable Unnamed unnamed) throws IOException {
        if (unnamed != null) {
            finishRotation(unnamed);
        }
        for (String name : names.unnamed()) {
            if (directory.exists(name)) {
                directory.delete(name);
            }
        }
        directory.sync(); // Y3
        StorageFile file = directory.openWrite(names.live());
        boolean isReady = false;
        try {
            SegmentSpace space = new SegmentRepair(file, live, ports.time()).run(config);
            isReady = true;
            return space;
        } finally {
            if (!isReady) {
                file.close();
            }
        }
    }

    /** In the order of a rotation, so that a crash leaves what a crash of a rotation leaves. */
    private void finishRotation(Unnamed unnamed) throws IOException {
        boolean isBeforeLive = directory.exists(names.live()) && !isBlankLive();
        if (isBeforeLive) {
            directory.rename(names.live(), names.archive(unnamed.header().segment() - 1));
        }
        directory.rename(unnamed.name(), names.live());
    }

    private RecoveryReport report(Found found, Verified live, long startedNs) {
        List<String> notes = new ArrayList<>(live.tail().notes());
        if (found.unnamed() != null) {
            notes.add("a rotation was finished: the new segment had entries, but not its name");
        } else if (found.isBlank()) {
            notes.add("a live segment without a single byte but zeros was replaced by a new one");
        } else if (found.isCreated() && live.tip().segment() > 1) {
            notes.add("archives without a live segment, a new one follows the last archive");
        }
        return new RecoveryReport(
                found.isCreated() && live.tip().segment() == 1,
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
