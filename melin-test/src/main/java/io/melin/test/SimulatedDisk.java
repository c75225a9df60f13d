package io.melin.test;

import io.melin.storage.Storage;
import io.melin.storage.StorageDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A disk in memory that loses, tears and reorders what was not synced, and fails when told to.
 *
 * <p>D1: file bytes and sizes survive every power cut once {@code force} returned. D2: younger
 * blocks survive in any version, each by itself. D3: creations, renames and deletions survive once
 * the directory's {@code sync} returned. D4: a rename is whole or absent. D5: a failed {@code
 * force} or {@code sync} succeeds when it is repeated, and the bytes are lost all the same.
 *
 * <p>Equal seeds and equal calls give equal disks. Threading: any; a stalled call holds nobody
 * else.
 */
public final class SimulatedDisk implements Storage {
    private final SplittableRandom random;
    private final FaultScript script = new FaultScript();
    private final Map<Path, NameTable> directories = new TreeMap<>();
    private final Set<Path> locks = new HashSet<>();
    private long capacityBytes = Long.MAX_VALUE;
    private long generation;
    private long objects;

    public SimulatedDisk(long seed) {
        this.random = new SplittableRandom(seed);
    }

    /** Opens any directory; it, unlike its files, is durable as soon as it is there. */
    @Override
    public StorageDirectory open(Path directory) throws IOException {
        Path path = directory.toAbsolutePath().normalize();
        meet(DiskCall.Kind.OPEN, path.toString(), 0, 0);
        synchronized (this) {
            NameTable names = directories.computeIfAbsent(path, p -> new NameTable(objects++));
            return new SimulatedDirectory(this, path, names, generation);
        }
    }

    /** Switches the machine off and on again: handles and locks are gone, faults are cleared. */
    public synchronized void crash(CrashPlan plan) {
        restore(crashImage(plan));
    }

    /** What {@link #crash} would leave; the disk itself stays as it is. */
    public synchronized DiskImage crashImage(CrashPlan plan) {
        Map<Path, Pages> files = new TreeMap<>();
        directories.forEach((path, names) ->
                names.afterCrash(plan)
                        .forEach((name, inode) ->
                                files.put(path.resolve(name), inode.afterCrash(plan))));
        return new DiskImage(files, List.copyOf(directories.keySet()));
    }

    /**
     * Ends the process as SIGKILL does: handles and locks are gone, faults are cleared, and bytes
     * that were not synced are still seen, and still not synced.
     */
    public synchronized void kill() {
        generation++;
        locks.clear();
        script.reset();
    }

    /** What readers see now. */
    public synchronized DiskImage image() {
        Map<Path, Pages> files = new TreeMap<>();
        directories.forEach((path, names) ->
                names.visible()
                        .forEach((name, inode) ->
                                files.put(path.resolve(name), inode.visible().copy())));
        return new DiskImage(files, List.copyOf(directories.keySet()));
    }

    /** What is certain to survive now. */
    public DiskImage durableImage() {
        return crashImage(CrashPlan.losingAll());
    }

    /** Becomes the image, all of it durable; handles and locks are gone, faults are cleared. */
    public synchronized void restore(DiskImage image) {
        kill();
        directories.clear();
        for (Path directory : image.directories()) {
            directories.put(directory, new NameTable(objects++));
        }
        for (Path file : image.files()) {
            Path parent = file.getParent();
            Path name = file.getFileName();
            if (parent == null || name == null) {
                throw new IllegalArgumentException("no file in a directory: file=" + file);
            }
            directories
                    .computeIfAbsent(parent, p -> new NameTable(objects++))
                    .put(name.toString(), newInode(image.pages(file).sharedCopy()));
        }
    }

    /** The {@code number}-th call of that kind from now on, 1 is the next, meets the fault. */
    public synchronized void failAt(DiskCall.Kind kind, int number, Fault fault) {
        script.add(k -> k == kind, number, fault, false);
    }

    /** The {@code number}-th call from now on that changes anything meets the fault. */
    public synchronized void failAtChange(int number, Fault fault) {
        script.add(DiskCall.Kind::isChange, number, fault, false);
    }

    /** As {@link #failAt}, and every later call of that kind meets it too. */
    public synchronized void failFrom(DiskCall.Kind kind, int number, Fault fault) {
        script.add(k -> k == kind, number, fault, true);
    }

    public synchronized void clearFaults() {
        script.reset();
    }

    /** Total space; a page of 4096 bytes is taken when first written. */
    public synchronized void capacityBytes(long bytes) {
        capacityBytes = bytes;
    }

    /** Starts an empty call log, or ends it. */
    public synchronized void record(boolean on) {
        script.record(on);
    }

    /** Calls since {@link #record}, in order. */
    public synchronized List<DiskCall> calls() {
        return script.log();
    }

    /** Calls of a kind since the beginning of this disk. */
    public synchronized long count(DiskCall.Kind kind) {
        return script.count(kind);
    }

    /** Calls that change anything since the beginning of this disk. */
    public synchronized long changes() {
        return script.changes();
    }

    /** Lock files that are held now. */
    public synchronized List<Path> locks() {
        return locks.stream().sorted().toList();
    }

    /** Outside the monitor, since it may hold the caller for long. */
    @Nullable Fault meet(DiskCall.Kind kind, String file, long offset, int bytes) {
        Fault fault;
        synchronized (this) {
            fault = script.meet(kind, file, offset, bytes);
        }
        if (fault != null && fault.kind() == Fault.Kind.HOOK) {
            fault.hook().run();
            return null;
        }
        return fault;
    }

    /** As {@link #meet}, for calls on which an error has no further effect. */
    void meetOrThrow(DiskCall.Kind kind, String file) throws IOException {
        Fault fault = meet(kind, file, 0, 0);
        if (fault != null && fault.kind() == Fault.Kind.ERROR) {
            throw new IOException(fault.message());
        }
    }

    void checkGeneration(long handle, String name) throws IOException {
        if (handle != generation) {
            throw new IOException("handle is from before the crash: name=" + name);
        }
    }

    long generation() {
        return generation;
    }

    boolean lock(Path file) {
        return locks.add(file);
    }

    void unlock(Path file, long holder) {
        if (holder == generation) {
            locks.remove(file);
        }
    }

    Inode newInode(Pages content) {
        return new Inode(objects++, content);
    }

    /** What becomes of the bytes or names of a sync that fails. */
    CrashPlan failurePlan() {
        return new CrashPlan(
                random.nextLong(), CrashPlan.Writes.ANY, CrashPlan.Names.ORDERED, 4096, 50);
    }

    long freeBytes() {
        if (capacityBytes == Long.MAX_VALUE) {
            return capacityBytes;
        }
        long used = 0;
        for (NameTable names : directories.values()) {
            for (Inode inode : names.visible().values()) {
                used += (long) inode.visible().allocatedPages() * Pages.PAGE_BYTES;
            }
        }
        return Math.max(0, capacityBytes - used);
    }
}
