package io.melin.journal;

import io.melin.integrity.HashChain;
import io.melin.journal.JournalException.Finding;
import io.melin.journal.JournalException.RotationFailed;
import io.melin.storage.StorageDirectory;
import io.melin.storage.StorageFile;
import io.melin.time.TimeSource;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Turns the live segment into an archive and a staged one into the live segment. The order, and
 * what a crash leaves:
 *
 * <ol>
 *   <li>A staged segment with header and zeros, synced: a staging file without entries, discarded.
 *   <li>Seal and final watermark in the live segment, one sync: a sealed live segment, which the
 *       next start opens again.
 *   <li>Rename live to its archive: archives without a live segment; the next start makes one.
 *   <li>Rename staged to live: done, once the names are synced.
 *   <li>One sync of the directory: both names, or one of the states before.
 * </ol>
 *
 * <p>O1: no name changes before everything in both files is synced. O2: nothing is written into the
 * new segment before the names are synced. O3: before the second rename a failure takes everything
 * back, names first, then the seal: a name without its seal would be a damaged archive. O4: a sync
 * of the directory is repeated only after both names were made anew, since a failed one may have
 * forgotten them; after {@link #ATTEMPTS_MAX} failures the writer gives up for good. O5: a write or
 * sync that fails in the live segment is no failed rotation but a failed journal. O6: a segment is
 * prepared once the live one has filled an {@link #PREPARE_AT eighth} of its size: a node that
 * writes little never pays for zeros that it does not use. Only where more zeros are wanted ahead
 * than one segment has room for, as many segments are prepared as hold them, from the start.
 *
 * <p>Threading: the holder of the disk work.
 */
final class Rotation {
    static final int ATTEMPTS_MAX = 20;
    static final long PAUSE_NS = 100_000_000;
    static final int PREPARE_AT = 8;

    private static final System.Logger LOG = System.getLogger(Rotation.class.getName());

    private final Ports ports;
    private final TimeSource time;
    private final SegmentNames names;
    private @Nullable StagedSegment spare;
    private @Nullable Renamed renamed;
    private int attempts;
    private long retryNs;

    /** What is needed from around it. */
    record Ports(
            JournalConfig config,
            StorageDirectory directory,
            TimeSource time,
            SegmentPreparer preparer,
            RotationTriggers triggers,
            DiskCounters counters) {}

    /** A rotation whose names are not synced yet. */
    private record Renamed(
            StagedSegment staged, SealRecord seal, StorageFile sealed, RotationResult result) {}

    Rotation(Ports ports) {
        this.ports = ports;
        this.time = ports.time();
        this.names = new SegmentNames(ports.config().name());
    }

    RotationTriggers triggers() {
        return ports.triggers();
    }

    /** Whether all names of the live segment are synced: only then may it be written (O2). */
    boolean isSettled() {
        return renamed == null;
    }

    /** O6: to be called whenever the live segment has grown. */
    void prepareNext(LiveSegment live) {
        long segmentBytes = ports.config().segmentBytes();
        if (segmentBytes == 0) {
            return;
        }
        long end = live.tip().end();
        long count = spares(Math.min(end, segmentBytes) - SegmentHeader.ENTRIES);
        if (count > 1 || end >= segmentBytes / PREPARE_AT) {
            long bytes = ports.config().segmentEndMax();
            ports.preparer().prepare(count, bytes, dueBytes(bytes, end));
        }
    }

    /** So many segments hold the zeros that the live one has no room for; one at least. */
    private long spares(long usedBytes) {
        long segmentBytes = ports.config().segmentBytes();
        long beyond = usedBytes + ports.config().prezeroedBytes() - segmentBytes;
        return Math.max(1, (beyond + segmentBytes - 1) / segmentBytes);
    }

    /** Evenly, from an eighth of the live segment on, and all of it one eighth before its end. */
    private long dueBytes(long bytes, long liveEnd) {
        long eighth = ports.config().segmentBytes() / PREPARE_AT;
        double share = (double) (liveEnd - eighth) / ((PREPARE_AT - 2) * eighth);
        return (long) (Math.min(1, share) * bytes);
    }

    /**
     * Rotates a segment that has entries, all of them synced.
     *
     * @return the new live segment, or the old one if that goes on
     * @throws IOException if neither can be told to be whole
     */
    LiveSegment rotate(LiveSegment live, History history) throws IOException {
        String archive = names.archive(live.header().segment());
        SealRecord seal = live.seal();
        SegmentHeader header = live.successor(seal, history, ports.config());
        StagedSegment staged;
        try {
            staged = staged(header);
            checkFree(archive);
        } catch (IOException e) {
            failed(live, e);
            return live;
        }
        live.space().seal(live.tip(), seal, time);
        try {
            directory().rename(names.live(), archive);
            directory().rename(staged.name(), names.live());
        } catch (IOException e) {
            takeBack(live, archive, staged);
            failed(live, e);
            return live;
        }
        spare = null;
        renamed = new Renamed(staged, seal, live.space().file(), result(live, staged));
        attempts = 0;
        settle();
        return opened(staged, header);
    }

    /** O1: with header, synced, but without a name. */
    private StagedSegment staged(SegmentHeader header) throws IOException {
        StagedSegment staged = spare;
        if (staged == null) {
            staged = ports.preparer().take();
        }
        if (staged == null) {
            staged = madeOnTheSpot();
        }
        spare = staged;
        boolean isWritten = false;
        try {
            staged.writeHeader(header);
            isWritten = true;
            return staged;
        } finally {
            if (!isWritten) {
                discardSpare(staged);
            }
        }
    }

    /** With its name synced: a rename that is found must not be one of a file that is not. */
    private StagedSegment madeOnTheSpot() throws IOException {
        int zeroBytes = ZeroAhead.pieceBytes(ports.config().prezeroedBytes());
        boolean isMade = false;
        try {
            StagedSegment made = StagedSegment.create(directory(), names.staging(), zeroBytes);
            spare = made;
            directory().sync();
            isMade = true;
            return made;
        } finally {
            if (!isMade) {
                discardFallback();
            }
        }
    }

    private void discardFallback() {
        StagedSegment made = spare;
        spare = null;
        if (made == null) {
            StagedSegment.discard(directory(), names.staging());
        } else {
            made.discard(directory());
        }
    }

    private void discardSpare(StagedSegment staged) {
        spare = null;
        staged.discard(directory());
        if (isPrepared(staged)) {
            ports.preparer().prepare(staged.zeroedEnd());
        }
    }

    private boolean isPrepared(StagedSegment staged) {
        return names.isPrepared(staged.name());
    }

    /** A rename would replace whatever has the archive's name. */
    private void checkFree(String archive) throws IOException {
        if (directory().exists(archive)) {
            throw new IOException("a file has the name of the next archive: file=" + archive);
        }
    }

    /** O3. */
    private void takeBack(LiveSegment live, String archive, StagedSegment staged)
            throws IOException {
        if (!directory().exists(names.live())) {
            directory().rename(archive, names.live());
        }
        if (directory().exists(archive) || !directory().exists(staged.name())) {
            throw new IOException("a rename failed and happened all the same: file=" + archive);
        }
        directory().sync();
        live.space().clearSeal(time);
    }

    private void failed(LiveSegment live, IOException cause) {
        ports.counters().rotations().failed();
        RotationFailed failure =
                new RotationFailed(
                        Place.of(path(names.live())).segment(live.header().segment()),
                        Finding.of(
                                "rotation failed, " + cause.getMessage(),
                                "the live segment goes on; free space or repair the directory, it"
                                        + " is tried again"),
                        cause);
        LOG.log(System.Logger.Level.WARNING, failure.getMessage());
        triggers().failed(failure);
    }

    private RotationResult result(LiveSegment live, StagedSegment staged) {
        return new RotationResult(
                isPrepared(staged) ? RotationResult.Outcome.FAST : RotationResult.Outcome.FALLBACK,
                live.header().segment(),
                live.tip().sequence());
    }

    private LiveSegment opened(StagedSegment staged, SegmentHeader header) {
        SegmentSpace space =
                new SegmentSpace(
                        staged.file(),
                        new ZeroAhead(staged.file(), staged.zeroedEnd(), ports.config()),
                        new Watermarks(staged.file(), 0, SegmentHeader.ENTRIES, time.tickerNs()),
                        ports.counters());
        return new LiveSegment(
                header,
                space,
                new SegmentTip(header.segment(), header.startSequence()),
                new HashChain(header.anchor()));
    }

    /**
     * Syncs the names, unless it failed a moment ago.
     *
     * @return whether they are synced
     * @throws IOException if they cannot be
     */
    boolean settle() throws IOException {
        return attempts > 0 && time.tickerNs() - retryNs < 0 ? isSettled() : settleNow();
    }

    /** As {@link #settle}, without a pause. */
    boolean settleNow() throws IOException {
        Renamed pending = renamed;
        if (pending == null) {
            return true;
        }
        try {
            if (attempts > 0) {
                renameAgain(pending);
            }
            directory().sync();
        } catch (IOException e) {
            attempts++;
            retryNs = time.tickerNs() + PAUSE_NS;
            if (attempts >= ATTEMPTS_MAX) {
                ports.counters().rotations().failed();
                throw e;
            }
            LOG.log(
                    System.Logger.Level.WARNING,
                    "names of a rotation are not synced, nothing is acknowledged until they are:"
                            + (" attempt=" + attempts)
                            + (", cause=" + e.getMessage()));
            return false;
        }
        renamed = null;
        succeeded(pending);
        return true;
    }

    /** O4: each state on the way is one that a crash of a rotation leaves. */
    private void renameAgain(Renamed pending) throws IOException {
        String archive = names.archive(pending.result().segment());
        directory().rename(names.live(), pending.staged().name());
        directory().rename(archive, names.live());
        directory().rename(names.live(), archive);
        directory().rename(pending.staged().name(), names.live());
    }

    private void succeeded(Renamed done) {
        ports.counters()
                .rotations()
                .rotated(done.result().outcome() == RotationResult.Outcome.FAST);
        long validEnd = done.seal().validEnd();
        ports.preparer().trim(done.sealed(), done.result().segment(), validEnd);
        if (ports.config().segmentBytes() == 0
                && triggers().isAnnounced(done.result().lastSequence())) {
            // Whoever announces has a size that this node does not know.
            ports.preparer().prepare(ports.config().segmentEndMax(validEnd));
        }
        triggers().succeeded(done.result());
    }

    /** Closes what it holds, after the last write. */
    void close() {
        StagedSegment unused = spare;
        if (unused != null) {
            spare = null;
            unused.close();
        }
        Renamed pending = renamed;
        if (pending != null) {
            new StagedSegment(names.live(), pending.sealed(), 0).close();
        }
    }

    private StorageDirectory directory() {
        return ports.directory();
    }

    private String path(String name) {
        return ports.directory().path() + "/" + name;
    }
}
