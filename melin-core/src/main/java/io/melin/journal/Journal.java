package io.melin.journal;

import io.melin.journal.JournalException.Finding;
import io.melin.journal.JournalException.JournalIoFailure;
import io.melin.journal.JournalException.JournalLocked;
import io.melin.storage.DirectoryLockedException;
import io.melin.storage.StorageDirectory;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
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
    private final SegmentWriter writer;
    private final FrameBuffer frames;
    private final RecoveryReport report;
    private boolean isClosed;

    private Journal(
            JournalConfig config,
            StorageDirectory directory,
            Closeable lock,
            Recovery.Result result) {
        this.config = config;
        this.directory = directory;
        this.lock = lock;
        this.writer = result.writer();
        this.report = result.report();
        this.frames =
                new FrameBuffer(
                        config.frameBufferBytes(), config.payloadBytesMax(), report.lastSequence());
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
        SegmentWriter writer = null;
        boolean isOpen = false;
        try {
            directory = ports.storage().open(config.directory());
            lock = directory.lock(new SegmentNames(config.name()).lock());
            Recovery.Result result = new Recovery(config, ports, directory).run(replay);
            writer = result.writer();
            log(result.report(), path);
            Journal journal = new Journal(config, directory, lock, result);
            isOpen = true;
            return journal;
        } catch (DirectoryLockedException e) {
            throw new JournalLocked(Place.of(path), e.holder(), e);
        } catch (IOException e) {
            throw ioFailure(path, "journal cannot be opened", e);
        } finally {
            if (!isOpen) {
                closeQuietly(writer == null ? null : writer::close, path);
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

    /** Makes framed entries durable. */
    public SegmentWriter writer() {
        return writer;
    }

    /** Where entries are framed for the writer; continues behind the recovered history. */
    public FrameBuffer frames() {
        return frames;
    }

    /**
     * Bytes that the directory's volume can still allocate.
     *
     * @throws IOException if it cannot be told
     */
    public long freeBytes() throws IOException {
        return directory.freeBytes();
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
        try (directory;
                lock) {
            writer.close();
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
