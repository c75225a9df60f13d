package io.melin.journal;

import io.melin.storage.StorageFile;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Counts the reads of another file, and the largest. */
final class CountingFile implements StorageFile {
    private final StorageFile file;
    int reads;
    int bytesMax;

    CountingFile(StorageFile file) {
        this.file = file;
    }

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
        reads++;
        bytesMax = Math.max(bytesMax, target.remaining());
        return file.read(target, offset);
    }

    @Override
    public int write(ByteBuffer source, long offset) throws IOException {
        return file.write(source, offset);
    }

    @Override
    public void force() throws IOException {
        file.force();
    }

    @Override
    public void truncate(long size) throws IOException {
        file.truncate(size);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
