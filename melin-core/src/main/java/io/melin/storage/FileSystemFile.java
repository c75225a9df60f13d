package io.melin.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** A file channel, by position only. */
final class FileSystemFile implements StorageFile {
    private final String name;
    private final FileChannel channel;

    FileSystemFile(String name, FileChannel channel) {
        this.name = name;
        this.channel = channel;
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
        channel.close();
    }
}
