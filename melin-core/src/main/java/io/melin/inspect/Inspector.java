package io.melin.inspect;

import io.melin.inspect.Inspection.JournalPlace;
import io.melin.journal.JournalConfig;
import io.melin.journal.JournalLook;
import io.melin.storage.ReadOnlyStorage;
import io.melin.storage.Storage;
import io.melin.storage.StorageDirectory;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Looks at a journal's directory and says what is in it, and what is damaged. It may be used while
 * a node runs there.
 *
 * <p>I1: no file is created, changed or locked. I2: damage is found exactly if a start of the node
 * refuses, or if something is damaged that a start would not read; whether the application can take
 * the state of a whole snapshot, or the entries of its own versions, is not asked. I3: what a
 * running node does meanwhile is no damage: a finding counts only if a second look finds it too.
 * I4: the lock's file is never opened, since closing it would take the lock from a node of this
 * process.
 *
 * <p>Threading: one. Reads everything, in constant memory; what a start replays is read twice.
 */
public final class Inspector {
    private static final int LOOKS_MAX = 64;

    private final Config config;
    private final Storage storage;

    /**
     * What is looked at.
     *
     * @param directory of the journal
     * @param journal name of the live segment
     * @param unsyncedBytesMax how far a crash can tear, as the node is configured
     */
    public record Config(Path directory, String journal, long unsyncedBytesMax) {

        /**
         * @throws IllegalArgumentException if the name is none of a journal
         */
        public Config {
            if (!journal.matches("[A-Za-z0-9_-][A-Za-z0-9._-]*")) {
                throw new IllegalArgumentException(
                        "journal: name must be a plain file name: name=" + journal);
            }
        }

        /** With the name and the bound that a node has by default. */
        public static Config of(Path directory) {
            return new Config(directory, JournalConfig.NAME, JournalConfig.UNSYNCED_BYTES_MAX);
        }

        public Config withJournal(String name) {
            return new Config(directory, name, unsyncedBytesMax);
        }
    }

    /** For the machine's own files. */
    public Inspector(Config config) {
        this(config, ReadOnlyStorage.INSTANCE);
    }

    public Inspector(Config config, Storage storage) {
        this.config = config;
        this.storage = storage;
    }

    /**
     * Looks, and looks again where something was found.
     *
     * @throws IOException if the directory cannot be listed, or changes too often for a look
     */
    public Inspection run() throws IOException {
        Inspection last = null;
        for (int look = 0; look < LOOKS_MAX; look++) {
            Inspection found = tryLook();
            if (found != null && (found.isSound() || last != null && isSame(found, last))) {
                return found;
            }
            last = found == null ? last : found;
        }
        if (last == null) {
            throw new IOException(
                    "files are deleted faster than they can be looked at: directory="
                            + config.directory());
        }
        return last;
    }

    /** I3. */
    private static boolean isSame(Inspection one, Inspection other) {
        return one.findings().size() == other.findings().size()
                && one.findings().stream()
                        .allMatch(found -> other.findings().stream().anyMatch(found::isSame));
    }

    /** Null if a file was deleted meanwhile. */
    private @Nullable Inspection tryLook() throws IOException {
        try (StorageDirectory directory = storage.open(config.directory());
                JournalLook look =
                        JournalLook.open(directory, config.journal(), config.unsyncedBytesMax())) {
            return new OneLook(look, new JournalPlace(directory.path(), config.journal())).run();
        } catch (NoSuchFileException e) {
            return null;
        }
    }
}
