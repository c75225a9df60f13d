package io.melin.storage;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Durable files of the machine's own file system.
 *
 * <p>Threading: any for {@link #open}; the directory and its files one caller at a time, and never
 * from a thread that may be interrupted: an interrupt closes the file it is using.
 */
public enum FileSystemStorage implements Storage {
    INSTANCE;

    /** Loads what files load on first use, if that is possible. Any thread, any number of times. */
    public static void load() {
        Writeback.load();
    }

    @Override
    public StorageDirectory open(Path directory) throws IOException {
        Path path = directory.toAbsolutePath().normalize();
        if (!Files.isDirectory(path)) {
            create(path);
        }
        // Also false for the superuser where the mount is read-only or the directory is immutable.
        if (!Files.isWritable(path)) {
            throw new IOException(
                    "directory is not writable: directory="
                            + path
                            + ", user="
                            + System.getProperty("user.name")
                            + "; give this user write access, or check whether the volume is"
                            + " mounted read-only");
        }
        return new FileSystemDirectory(path);
    }

    private static void create(Path path) throws IOException {
        if (Files.exists(path)) {
            throw new IOException(
                    "path is not a directory: path="
                            + path
                            + "; name a directory, or move the file");
        }
        Path parent = path.getParent();
        if (parent == null || !Files.isDirectory(parent)) {
            throw new IOException(
                    "parent directory is missing: directory="
                            + path
                            + ", parent="
                            + parent
                            + "; mount its volume or create it by hand, it is never created here"
                            + " because an unmounted volume looks the same");
        }
        try {
            Files.createDirectory(path);
        } catch (FileAlreadyExistsException e) {
            return; // Somebody else was faster; the lock decides who works in it.
        } catch (FileSystemException e) {
            String reason = e.getReason() == null ? e.getClass().getSimpleName() : e.getReason();
            throw new IOException(
                    "directory cannot be created: directory="
                            + path
                            + ", user="
                            + System.getProperty("user.name")
                            + ", reason="
                            + reason
                            + "; make the parent writable for this user, or create it by hand",
                    e);
        }
        sync(parent);
    }

    /** The only way in Java to make names durable; Linux allows a directory to be opened for it. */
    static void sync(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
