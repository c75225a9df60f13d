package io.melin.test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;

/**
 * Small real disks in image files, whose power can be cut.
 *
 * <p>The images lie on an XFS of their own, since a reflink of one is a copy of one moment, however
 * much is being written: every block that had reached the image is in it, nothing younger, and
 * nothing of what only the kernel's cache knew. Threading: one.
 */
final class LoopDisks implements AutoCloseable {
    private static final String IMAGES_BYTES = "16G"; // sparse, like all of them

    private final Path scratch;
    private final Path images;
    private final ArrayDeque<Path> mounted = new ArrayDeque<>();
    private int number;

    private LoopDisks(Path scratch) {
        this.scratch = scratch;
        this.images = scratch.resolve("images");
    }

    /** Skips the test where this machine cannot do it. */
    static LoopDisks open(Path scratch) throws IOException {
        Tools.require("mkfs.xfs", "xfsprogs");
        Tools.require("mkfs.ext4", "e2fsprogs");
        Tools.requireMounts(scratch);
        LoopDisks disks = new LoopDisks(scratch);
        Path image = scratch.resolve("images.img");
        Tools.run("truncate", "-s", IMAGES_BYTES, image.toString());
        Tools.run("mkfs.xfs", "-q", "-m", "reflink=1", image.toString());
        disks.mount(image, disks.images, "loop");
        return disks;
    }

    /** One of them, mounted. */
    record Disk(String type, Path image, Path root) {
        /** Where a node may make its directory. */
        Path journal() {
            return root.resolve("journal");
        }
    }

    /** An empty disk of a size as {@code truncate} takes it. */
    Disk format(String type, String size) throws IOException {
        Disk disk = next(type);
        Tools.run("truncate", "-s", size, disk.image().toString());
        if (type.equals("ext4")) {
            // No space for the superuser alone: full is full.
            Tools.run("mkfs.ext4", "-q", "-m", "0", disk.image().toString());
        } else {
            Tools.run("mkfs." + type, "-q", disk.image().toString());
        }
        return mount(disk);
    }

    /** What a cut of the power would leave of it now; the disk itself goes on. */
    Disk cut(Disk disk) throws IOException {
        Disk copy = next(disk.type());
        Tools.run("cp", "--reflink=always", disk.image().toString(), copy.image().toString());
        return copy;
    }

    private Disk next(String type) {
        number++;
        return new Disk(
                type, images.resolve(number + ".img"), scratch.resolve(type + "-" + number));
    }

    /** Repairs it from its own log, as any kernel does after a cut. */
    Disk mount(Disk disk) throws IOException {
        // A copy has the identity of its original, which XFS notices.
        mount(disk.image(), disk.root(), disk.type().equals("xfs") ? "loop,nouuid" : "loop");
        return disk;
    }

    private void mount(Path image, Path root, String options) throws IOException {
        Files.createDirectory(root);
        Tools.run("mount", "-o", options, image.toString(), root.toString());
        mounted.push(root);
    }

    void remove(Disk disk) throws IOException {
        Tools.run("umount", disk.root().toString());
        mounted.remove(disk.root());
        Files.delete(disk.image());
    }

    @Override
    public void close() throws IOException {
        while (!mounted.isEmpty()) {
            Tools.run("umount", mounted.pop().toString());
        }
    }
}
