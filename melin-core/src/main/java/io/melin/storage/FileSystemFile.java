package io.melin.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;

/** A file channel, by position only, and how its writes can begin early. */
final class FileSystemFile implements StorageFile {
    private final String name;
    private final FileChannel channel;
    private final @Nullable Writeback writeback;

    /**
     * @param writeback closed with the file; null where writes cannot begin early
     */
    FileSystemFile(String name, FileChannel channel, @Nullable Writeback writeback) {
        this.name = name;
        this.channel = channel;
        this.writeback = writeback;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public long size() throws IOException {
        return channel.size();
    }

    @Override
    public int read(ByteBuffer target, long offset) throws IOException {
        return channel.read(target, offset);
    }

    @Override
    public int write(ByteBuffer source, long offset) throws IOException {
        return channel.write(source, offset);
    }

    @Override
    public void beginForce(long offset, long bytes) throws IOException {
        if (writeback != null) {
            writeback.begin(offset, bytes);
        }
    }

    @Override
    public void writeOut(long offset, long bytes) throws IOException {
        if (writeback == null || !writeback.complete(offset, bytes)) {
            force();
        }
    }

    /** Bytes and, where it changed, the size; not the times, which would cost a log write. */
    @Override
    public void force() throws IOException {
        channel.force(false);
    }

    @Override
    public void truncate(long size) throws IOException {
        channel.truncate(size);
    }

    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } finally {
            if (writeback != null) {
                writeback.close();
            }
        }
    }
}
