package io.melin.snapshot;

import io.melin.snapshot.SnapshotException.SnapshotUnreadable;
import io.melin.storage.StorageDirectory;
import io.melin.storage.StorageFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The snapshots of one journal in one directory.
 *
 * <p>K1: a file has a snapshot's name only after it was synced, read again and found whole. K2: a
 * snapshot is deleted only once as many newer ones as are to be kept are known to be whole, and
 * their names are synced. K3: a save that fails leaves what was there, and a temporary file at
 * most, which the next save deletes.
 *
 * <p>A save, and what a crash leaves of it:
 *
 * <ol>
 *   <li>Delete what earlier saves left, write a temporary file, sync it: a temporary file.
 *   <li>Read it again and verify: the same.
 *   <li>Rename it, sync the directory: the temporary file or the snapshot.
 *   <li>Delete what is older than the newest good ones: more snapshots than needed.
 * </ol>
 *
 * <p>Threading: one caller at a time.
 */
public final class SnapshotStore {
    private static final System.Logger LOG = System.getLogger(SnapshotStore.class.getName());

    private final StorageDirectory directory;
    private final SnapshotNames names;
    private final int keep;
    private final ByteBuffer chunk;
    private final Set<Long> verified = new HashSet<>();
    private final Set<Long> unsynced = new HashSet<>();

    /**
     * How snapshots are kept.
     *
     * @param journal name of the live segment, from which those of the snapshots derive
     * @param keep how many, 2 or more
     * @param chunkBytes payload of one chunk, 128 to 1,048,576
     */
    public record Config(String journal, int keep, int chunkBytes) {
        /** A save is paced between chunks: as much as the device may be given at once. */
        public static final int CHUNK_BYTES = 256 << 10;

        public static final int KEEP_MIN = 2;

        private static final int CHUNK_BYTES_MIN = 128;

        public Config {
            if (keep < KEEP_MIN) {
                throw new IllegalArgumentException(
                        "two snapshots at least must be kept: keep=" + keep);
            }
            if (chunkBytes < CHUNK_BYTES_MIN || chunkBytes > ChunkFrame.LENGTH_MAX) {
                throw new IllegalArgumentException(
                        "chunkBytes must be 128 to 1048576: chunkBytes=" + chunkBytes);
            }
        }

        /** With chunks of the usual size. */
        public Config(String journal, int keep) {
            this(journal, keep, CHUNK_BYTES);
        }
    }

    /**
     * @param directory stays the caller's to close
     */
    public SnapshotStore(StorageDirectory directory, Config config) {
        this.directory = directory;
        this.names = new SnapshotNames(config.journal());
        this.keep = config.keep();
        this.chunk =
                ByteBuffer.allocateDirect(ChunkFrame.BYTES + config.chunkBytes())
                        .order(ByteOrder.LITTLE_ENDIAN);
    }

    /** All snapshots by name, the newest first; looks into none. */
    public List<SnapshotFile> list() throws IOException {
        return names.snapshots(directory.list());
    }

    /**
     * Saves a state; see the class for the order of it.
     *
     * @param header its sequence names the file; a snapshot of that sequence is replaced
     * @throws IOException if it could not be saved (K3), or the pace ended it
     * @throws SnapshotException if the file was not what had been written
     */
    public SnapshotFile save(SnapshotHeader header, StateSource source, SavePace pace)
            throws IOException {
        SnapshotFile target = names.of(header.sequence());
        String temporary = names.temporary(target);
        deleteTemporary();
        long bytes;
        try {
            bytes = write(temporary, header, source, pace);
            verify(new SnapshotFile(temporary, target.sequence()));
        } catch (IOException | RuntimeException e) {
            deleteAfter(e);
            throw e;
        }
        unsynced.add(target.sequence());
        directory.rename(temporary, target.name()); // K1
        directory.sync();
        unsynced.remove(target.sequence());
        verified.add(target.sequence());
        LOG.log(
                System.Logger.Level.INFO,
                "snapshot saved: path=" + path(target.name()) + ", bytes=" + bytes);
        prune();
        return target;
    }

    private long write(String temporary, SnapshotHeader header, StateSource source, SavePace pace)
            throws IOException {
        try (StorageFile file = directory.create(temporary)) {
            ChunkWriter out = new ChunkWriter(file, chunk, pace);
            out.begin(header);
            source.write(out);
            out.finish();
            file.force();
            return out.bytes();
        }
    }

    /**
     * Reads a snapshot to its end and gives its state away.
     *
     * @param own versions that the target can take the state of, or that can take an older one
     * @return its header
     * @throws SnapshotException which says whether it is damaged; the target is not to be used then
     */
    public SnapshotHeader restore(SnapshotFile file, SnapshotVersions own, StateTarget target) {
        SnapshotHeader header;
        try {
            header =
                    read(
                            file,
                            (found, in) -> {
                                own.requireTakes(found.versions(), place(file));
                                target.read(found, in);
                            });
        } catch (IOException | RuntimeException e) {
            if (e instanceof SnapshotException found) {
                throw found;
            }
            throw outranked(file, own, e);
        }
        verified.add(file.sequence());
        return header;
    }

    /** Damage outranks what came of it: a target may well fail on what is yet to be verified. */
    private SnapshotException outranked(
            SnapshotFile file, SnapshotVersions own, Exception consequence) {
        try {
            return own.refusal(verify(file).versions(), place(file), consequence);
        } catch (SnapshotException damage) {
            damage.addSuppressed(consequence);
            return damage;
        }
    }

    /**
     * Reads a snapshot to its end.
     *
     * @return its header
     * @throws SnapshotException if it is not whole
     */
    public SnapshotHeader verify(SnapshotFile file) {
        try {
            return read(file, (header, in) -> ((ChunkReader) in).skipAll());
        } catch (IOException e) {
            throw new SnapshotUnreadable(place(file), e);
        }
    }

    private SnapshotHeader read(SnapshotFile file, StateTarget target) throws IOException {
        StorageFile opened;
        try {
            opened = directory.openRead(file.name());
        } catch (IOException e) {
            throw new SnapshotUnreadable(place(file), e);
        }
        try (opened) {
            ChunkReader in = new ChunkReader(opened, place(file), chunk);
            SnapshotHeader header = in.begin();
            target.read(header, in);
            in.finish();
            return header;
        }
    }

    /** Where a snapshot is, for messages. */
    public SnapshotPlace place(SnapshotFile file) {
        return SnapshotPlace.of(path(file.name()), file.sequence());
    }

    /** K2. The save has succeeded: whatever fails here can wait for the next one. */
    private void prune() {
        try {
            int good = 0;
            for (SnapshotFile file : list()) {
                if (good == keep) {
                    directory.delete(file.name());
                    verified.remove(file.sequence());
                } else if (isGood(file)) {
                    good++;
                }
            }
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "old snapshots stay: cause=" + e);
        }
    }

    /** Read once in the life of this store; a save and a restore count as well. */
    private boolean isGood(SnapshotFile file) {
        if (unsynced.contains(file.sequence())) {
            return false;
        }
        if (verified.contains(file.sequence())) {
            return true;
        }
        try {
            verify(file);
            return verified.add(file.sequence());
        } catch (SnapshotException e) {
            LOG.log(System.Logger.Level.ERROR, "snapshot does not count: " + e.getMessage());
            return false;
        }
    }

    private void deleteTemporary() throws IOException {
        for (String name : directory.list()) {
            if (names.isTemporary(name)) {
                directory.delete(name);
            }
        }
    }

    private void deleteAfter(Exception failure) {
        try {
            deleteTemporary();
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    private String path(String name) {
        return directory.path() + "/" + name;
    }
}
