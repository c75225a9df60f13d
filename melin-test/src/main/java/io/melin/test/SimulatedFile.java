package io.melin.test;

import io.melin.storage.StorageFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NonWritableChannelException;
import org.jspecify.annotations.Nullable;

/** A handle of one simulated file; it stays good when the file is renamed or deleted. */
final class SimulatedFile implements StorageFile {
    private final SimulatedDisk disk;
    private final String name;
    private final Inode inode;
    private final boolean isWritable;
    private final long generation;
    private boolean isClosed;

    SimulatedFile(SimulatedDisk disk, String name, Inode inode, boolean isWritable) {
        this.disk = disk;
        this.name = name;
        this.inode = inode;
        this.isWritable = isWritable;
        this.generation = disk.generation();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public long size() throws IOException {
        synchronized (disk) {
            check();
            return inode.visible().size();
        }
    }

    @Override
    public int read(ByteBuffer target, long offset) throws IOException {
        Fault fault = disk.meet(DiskCall.Kind.READ, name, offset, target.remaining());
        failIfDue(fault);
        synchronized (disk) {
            check();
            return inode.visible().read(target, offset);
        }
    }

    @Override
    public int write(ByteBuffer source, long offset) throws IOException {
        checkWritable();
        Fault fault = disk.meet(DiskCall.Kind.WRITE, name, offset, source.remaining());
        failIfDue(fault);
        synchronized (disk) {
            check();
            int length = source.remaining();
            if (fault != null && fault.kind() == Fault.Kind.SHORT_WRITE) {
                length = Math.min(length, fault.bytes());
            }
            length = fitting(length, offset);
            inode.write(source, length, offset);
            return length;
        }
    }

    /** How much of a write finds space; a write that finds none for its first byte fails. */
    private int fitting(int length, long offset) throws IOException {
        long freePages = disk.freeBytes() / Pages.PAGE_BYTES;
        long at = offset;
        while (at < offset + length) {
            int page = (int) (at / Pages.PAGE_BYTES);
            if (!inode.visible().isAllocated(page) && --freePages < 0) {
                break;
            }
            at = (page + 1L) * Pages.PAGE_BYTES;
        }
        int fitting = (int) Math.min(length, Math.max(0, at - offset));
        if (fitting == 0 && length > 0) {
            throw new IOException("No space left on device");
        }
        return fitting;
    }

    /** Nothing of it is safe from a power cut. */
    @Override
    public void writeOut(long offset, long bytes) throws IOException {
        synchronized (disk) {
            check();
        }
    }

    @Override
    public void force() throws IOException {
        Fault fault = disk.meet(DiskCall.Kind.FORCE, name, 0, 0);
        synchronized (disk) {
            check();
            if (fault != null && fault.kind() == Fault.Kind.ERROR) {
                inode.failForce(disk.failurePlan());
            } else {
                inode.force();
            }
        }
        failIfDue(fault);
    }

    @Override
    public void truncate(long size) throws IOException {
        checkWritable();
        failIfDue(disk.meet(DiskCall.Kind.TRUNCATE, name, size, 0));
        synchronized (disk) {
            check();
            inode.truncate(size);
        }
    }

    @Override
    public void close() {
        synchronized (disk) {
            isClosed = true;
        }
    }

    private void check() throws IOException {
        disk.checkGeneration(generation, name);
        if (isClosed) {
            throw new ClosedChannelException();
        }
    }

    private void checkWritable() {
        if (!isWritable) {
            throw new NonWritableChannelException();
        }
    }

    private static void failIfDue(@Nullable Fault fault) throws IOException {
        if (fault != null && fault.kind() == Fault.Kind.ERROR) {
            throw new IOException(fault.message());
        }
    }
}
