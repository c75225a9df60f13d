package io.melin.test;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * All files of a disk at one moment, by value: equal if every byte is. Files are named by their
 * whole path. Copies share their bytes, so that thousands of them are cheap. Threading: any,
 * immutable.
 */
public final class DiskImage {
    private final Map<Path, Pages> files;
    private final List<Path> directories;

    DiskImage(Map<Path, Pages> files, List<Path> directories) {
        this.files = Collections.unmodifiableMap(new TreeMap<>(files));
        this.directories = List.copyOf(directories);
    }

    /** Paths of all files, sorted. */
    public List<Path> files() {
        return List.copyOf(files.keySet());
    }

    public boolean exists(Path file) {
        return files.containsKey(file);
    }

    public long size(Path file) {
        return pages(file).size();
    }

    public byte[] bytes(Path file) {
        return pages(file).toBytes();
    }

    /**
     * Bit rot.
     *
     * @param bit 0 to 7, 0 is the lowest
     */
    public DiskImage flipBit(Path file, long offset, int bit) {
        Pages changed = copyOf(file);
        check(offset >= 0 && offset < changed.size(), "offset outside the file", file, offset);
        check(bit >= 0 && bit < Byte.SIZE, "no such bit: bit=" + bit, file, offset);
        byte[] bytes = changed.range(offset, 1);
        bytes[0] ^= (byte) (1 << bit);
        changed.write(bytes, 0, 1, offset);
        return with(file, changed);
    }

    /** The file cut to {@code size}. */
    public DiskImage truncate(Path file, long size) {
        Pages changed = copyOf(file);
        check(size >= 0 && size <= changed.size(), "not a cut", file, size);
        changed.setSize(size);
        return with(file, changed);
    }

    /** Zeros from {@code fromInclusive} up to {@code toExclusive}; the size stays. */
    public DiskImage zero(Path file, long fromInclusive, long toExclusive) {
        return write(file, fromInclusive, new byte[Math.toIntExact(toExclusive - fromInclusive)]);
    }

    /** Other bytes in place of those at {@code offset}; the size stays. */
    public DiskImage write(Path file, long offset, byte[] bytes) {
        Pages changed = copyOf(file);
        check(
                offset >= 0 && offset + bytes.length <= changed.size(),
                "range outside the file",
                file,
                offset);
        changed.write(bytes, 0, bytes.length, offset);
        return with(file, changed);
    }

    /** A file of these bytes, new or in place of the old one. */
    public DiskImage put(Path file, byte[] bytes) {
        Pages created = new Pages();
        created.write(bytes, 0, bytes.length, 0);
        return with(file, created);
    }

    public DiskImage remove(Path file) {
        Map<Path, Pages> changed = new TreeMap<>(files);
        check(changed.remove(file) != null, "no such file", file, 0);
        return new DiskImage(changed, directories);
    }

    /** One line for each file that differs; empty if the images are equal. */
    public List<String> differences(DiskImage other) {
        TreeSet<Path> all = new TreeSet<>(files.keySet());
        all.addAll(other.files.keySet());
        List<String> lines = new ArrayList<>();
        for (Path file : all) {
            Pages here = files.get(file);
            Pages there = other.files.get(file);
            if (here == null || there == null) {
                lines.add("only in one: file=" + file);
            } else if (here != there && here.firstDifference(there) >= 0) {
                lines.add(
                        "bytes differ: file="
                                + file
                                + ", offset="
                                + here.firstDifference(there)
                                + ", sizes="
                                + here.size()
                                + "/"
                                + there.size());
            }
        }
        return lines;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof DiskImage && differences((DiskImage) other).isEmpty();
    }

    @Override
    public int hashCode() {
        return files.keySet().hashCode();
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("DiskImage[");
        files.forEach(
                (file, pages) -> text.append(file).append('=').append(pages.size()).append(' '));
        return text.append(']').toString();
    }

    List<Path> directories() {
        return directories;
    }

    Pages pages(Path file) {
        Pages pages = files.get(file);
        if (pages == null) {
            throw new IllegalArgumentException("no such file: file=" + file + ", in=" + files());
        }
        return pages;
    }

    private Pages copyOf(Path file) {
        return pages(file).sharedCopy();
    }

    private DiskImage with(Path file, Pages pages) {
        Map<Path, Pages> changed = new TreeMap<>(files);
        changed.put(file, pages);
        return new DiskImage(changed, directories);
    }

    private static void check(boolean holds, String what, Path file, long offset) {
        if (!holds) {
            throw new IllegalArgumentException(what + ": file=" + file + ", offset=" + offset);
        }
    }
}
