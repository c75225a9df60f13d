package io.melin.journal;

import io.melin.storage.ReadOnlyDirectory;
import io.melin.storage.StorageDirectory;
import io.melin.storage.StorageFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A directory as it was at one moment, while a node may go on in it.
 *
 * <p>P1: the names are those of one moment, and the live segment is the one that had its name then,
 * whatever it is called now: a handle stays good. P2: a file that is deleted meanwhile is a {@link
 * NoSuchFileException}, which says nothing about the journal; whoever meets it looks again.
 */
final class PinnedDirectory extends ReadOnlyDirectory {
    private static final int TRIES = 1_000;

    private final List<String> files;
    private final String liveName;
    private final @Nullable StorageFile live;

    private PinnedDirectory(
            StorageDirectory directory,
            List<String> files,
            String liveName,
            @Nullable StorageFile live) {
        super(directory);
        this.files = List.copyOf(files);
        this.liveName = liveName;
        this.live = live;
    }

    /**
     * @param directory stays the caller's to close
     * @throws IOException if it cannot be read, or changes too often for a look
     */
    static PinnedDirectory pin(StorageDirectory directory, SegmentNames names) throws IOException {
        List<String> files = directory.list();
        for (int i = 0; i < TRIES; i++) {
            StorageFile live = openIfThere(directory, names.live());
            boolean isHeld = false;
            try {
                List<String> now = directory.list();
                isHeld = now.equals(files) && files.contains(names.live()) == (live != null);
                files = now;
                if (isHeld) {
                    return new PinnedDirectory(directory, files, names.live(), live);
                }
            } finally {
                if (live != null && !isHeld) {
                    live.close();
                }
            }
        }
        throw new IOException(
                "files of the directory change too often for a look: path=" + directory.path());
    }

    private static @Nullable StorageFile openIfThere(StorageDirectory directory, String name)
            throws IOException {
        try {
            return directory.openRead(name);
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    @Override
    public List<String> list() {
        return files;
    }

    @Override
    public boolean exists(String name) {
        return files.contains(name);
    }

    @Override
    public StorageFile openRead(String name) throws IOException {
        return live != null && name.equals(liveName) ? new Shared(live) : super.openRead(name);
    }

    @Override
    public void close() throws IOException {
        if (live != null) {
            live.close();
        }
    }

    /** The live segment for one of its readers; open until the directory is closed. */
    private record Shared(StorageFile file) implements StorageFile {

        @Override
        public String name() {
            return file.name();
        }

        @Override
        public long size() throws IOException {
            return file.size();
        }

        @Override
        public int read(ByteBuffer target, long offset) throws IOException {
            return file.read(target, offset);
        }

        @Override
        public int write(ByteBuffer source, long offset) throws IOException {
            throw new IOException("opened to read only: file=" + name());
        }

        @Override
        public void force() throws IOException {
            throw new IOException("opened to read only: file=" + name());
        }

        @Override
        public void truncate(long size) throws IOException {
            throw new IOException("opened to read only: file=" + name());
        }

        @Override
        public void close() {}
    }
}
