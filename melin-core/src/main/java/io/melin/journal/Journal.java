package io.melin.journal;

import io.melin.journal.JournalException.Finding;
import io.melin.journal.JournalException.JournalIoFailure;
import io.melin.journal.JournalException.JournalLocked;
import io.melin.storage.DirectoryLockedException;
import io.melin.storage.StorageDirectory;
import io.melin.storage.StorageFile;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * An open journal: its directory locked, its history replayed, its live segment ready for more.
 *
 * <p>Threading: opened and closed by one thread. The writer belongs to the holder of the disk work,
 * the frame buffer's other side to the framer; both must have ended before {@link #close}.
 */
public final class Journal implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Journal.class.getName());

    private final JournalConfig config;
    private final StorageDirectory directory;
    private final Closeable lock;
    private final Follower follower = new Follower();
    private final SegmentPreparer preparer;
    private final SegmentWriter writer;
    private final FrameBuffer frames;
    private final RecoveryReport report;
    private final boolean isOfOtherVersion;
    private boolean isClosed;

    /** A directory and its lock. */
    private record Held(StorageDirectory directory, Closeable lock) {}

    private Journal(JournalConfig config, JournalPorts ports, Held held, Recovery.Result result) {
        this.config = config;
        this.directory = held.directory();
        this.lock = held.lock();
        this.report = result.report();
        this.isOfOtherVersion = !config.versions().isOf(result.live().header());
        this.frames =
                new FrameBuffer(
                        config.frameBufferBytes(), config.payloadBytesMax(), report.lastSequence());
        SegmentNames names = new SegmentNames(config.name());
        this.preparer =
                new SegmentPreparer(
                        new SegmentPreparer.Ports(
                                directory, names, follower, ports.time(), ports.isStopped()));
        Rotation rotation =
                new Rotation(
                        new Rotation.Ports(
                                config,
                                directory,
                                ports.time(),
                                preparer,
                                new RotationTriggers(config.segmentBytes(), ports.time(), preparer),
                                result.counters()));
        this.writer =
                new SegmentWriter(result, rotation, ports, directory.path() + "/" + config.name());
    }

    /**
     * As {@link #open(JournalConfig, JournalPorts, Replay)}, from the first entry.
     *
     * @param replay gets every entry, in order, on the calling thread
     * @throws JournalException which says what is wrong and what can be done
     */
    public static Journal open(JournalConfig config, JournalPorts ports, EntryConsumer replay) {
        return open(config, ports, Replay.ofAll(replay));
    }

    /**
     * Locks the directory, verifies and replays what it holds, or creates a journal if it holds
     * none.
     *
     * <p>Fails: nothing but the lock file was written before everything was verified and replayed.
     *
     * @param replay says where to begin, and gets every entry behind that, in order, on the calling
     *     thread
     * @throws JournalException which says what is wrong and what can be done
     */
    public static Journal open(JournalConfig config, JournalPorts ports, Replay replay) {
        String path = config.directory().toString();
        StorageDirectory directory = null;
        Closeable lock = null;
        StorageFile live = null;
        boolean isOpen = false;
        try {
            directory = ports.storage().open(config.directory());
            lock = directory.lock(new SegmentNames(config.name()).lock());
            Recovery.Result result = new Recovery(config, ports, directory).run(replay);
            live = result.live().space().file();
            log(result.report(), path);
            Journal journal = new Journal(config, ports, new Held(directory, lock), result);
            isOpen = true;
            return journal;
        } catch (DirectoryLockedException e) {
            throw new JournalLocked(Place.of(path), e.holder(), e);
        } catch (IOException e) {
            throw ioFailure(path, "journal cannot be opened", e);
        } finally {
            if (!isOpen) {
                closeQuietly(live, path);
                closeQuietly(lock, path);
                closeQuietly(directory, path);
            }
        }
    }

    /**
     * Whether the directory holds a live or archived segment of this journal. Looks only; takes no
     * lock.
     *
     * @throws JournalException if the directory cannot be read
     */
    public static boolean exists(JournalConfig config, JournalPorts ports) {
        String path = config.directory().toString();
        try (StorageDirectory directory = ports.storage().open(config.directory())) {
            List<String> names = directory.list();
            return names.contains(config.name())
                    || !new SegmentNames(config.name()).archives(names, path).isEmpty();
        } catch (IOException e) {
            throw ioFailure(path, "journal cannot be looked for", e);
        }
    }

    public JournalConfig config() {
        return config;
    }

    /** What opening found. */
    public RecoveryReport report() {
        return report;
    }

    /**
     * Whether another version of codec or application began the live segment: it must be rotated
     * before anything is appended. Tells how it was when it was opened.
     */
    public boolean isOfOtherVersion() {
        return isOfOtherVersion;
    }

    /** Makes framed entries durable. */
    public SegmentWriter writer() {
        return writer;
    }

    /** Where entries are framed for the writer; continues behind the recovered history. */
    public FrameBuffer frames() {
        return frames;
    }

    /**
     * Wants the live segment to become an archive, between two backlogs of the disk work. Requests
     * that wait share one rotation. Threading: any.
     *
     * @return what it came to; fails with {@link JournalException.RotationFailed} if the old
     *     segment goes on, with another cause if the journal does not. Completed away from the hot
     *     path
     */
    public CompletableFuture<RotationResult> rotate() {
        return writer.rotations().request();
    }

    /**
     * As {@link #rotate}, exactly between an entry and the next: no later entry is written before
     * it succeeded. For a node that has to cut its journal where another did. Threading: any; call
     * it before the next entry is published to the disk work.
     *
     * @throws IllegalArgumentException unless the sequence is higher than the one announced before
     */
    public CompletableFuture<RotationResult> rotateAfter(long sequence) {
        return writer.rotations().after(sequence);
    }

    /** Makes the next segment ready and tidies up; wants a thread of its own. */
    public SegmentPreparer preparer() {
        return preparer;
    }

    /** For the one who follows its files while they are written. */
    public Follower follower() {
        return follower;
    }

    /** Tells whoever waits for a rotation that there will be none. Threading: any. */
    public void abandonRotations(Throwable cause) {
        writer.rotations().close(cause);
    }

    /**
     * Writes a final watermark, unless the writer has failed; closes the files, releases the lock.
     * A second call does nothing.
     *
     * @throws JournalException if the watermark could not be synced; all is closed nevertheless
     */
    @Override
    public void close() {
        if (isClosed) {
            return;
        }
        isClosed = true;
        String path = directory.path();
        abandonRotations(new IllegalStateException("journal is closed: path=" + path));
        try (directory;
                lock) {
            try {
                writer.close();
            } finally {
                preparer.close();
            }
        } catch (IOException e) {
            throw ioFailure(path, "journal cannot be closed", e);
        }
    }

    private static JournalIoFailure ioFailure(String path, String what, IOException cause) {
        return new JournalIoFailure(
                Place.of(path),
                Finding.of(
                        what + ", " + cause,
                        "make the directory reachable, writable and large enough, then start"
                                + " again"),
                cause);
    }

    private static void closeQuietly(@Nullable Closeable closeable, String path) {
        try {
            if (closeable != null) {
                closeable.close();
            }
        } catch (IOException e) {
            // The failure that led here is what the caller must see.
            LOG.log(System.Logger.Level.WARNING, "close failed: path=" + path, e);
        }
    }

    private static void log(RecoveryReport report, String path) {
        LOG.log(
                System.Logger.Level.INFO,
                (report.isCreated() ? "journal created: " : "journal recovered: ")
                        + ("path=" + path)
                        + (", lineage=" + report.lineage())
                        + (", after=" + report.replayed().afterSequence())
                        + (", entries=" + report.entries())
                        + (", end=" + report.end())
                        + (", tookNs=" + report.tookNs()));
        if (report.tail().droppedBytes() > 0) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "journal tail was torn, nothing durable is lost: path="
                            + path
                            + ", tail="
                            + report.tail());
        }
        for (String note : report.tail().notes()) {
            LOG.log(System.Logger.Level.WARNING, "journal: path=" + path + ", note=" + note);
        }
    }
}
