package io.melin.test;

import io.melin.journal.JournalConfig;
import io.melin.storage.Storage;
import io.melin.storage.StorageDirectory;
import io.melin.storage.StorageFile;
import io.melin.test.PassingStorage.PassingDirectory;
import java.io.IOException;
import java.util.List;
import java.util.function.UnaryOperator;

/** Directories that do not do what their port promises, or whose user does too little. */
final class SpoiledDirectories {
    private static final String TEMPORARY = ".tmp";

    private SpoiledDirectories() {}

    private static Storage each(Storage storage, UnaryOperator<StorageDirectory> spoil) {
        return new PassingStorage(storage) {
            @Override
            StorageDirectory wrap(StorageDirectory directory) {
                return spoil.apply(directory);
            }
        };
    }

    private static boolean isArchive(String name) {
        return name.matches(".*\\.\\d{6}");
    }

    private static boolean isSnapshot(String name) {
        return name.matches(".*\\.snap\\.\\d+");
    }

    /** Names are never made durable. */
    static Storage noSync(Storage storage) {
        return each(
                storage,
                directory ->
                        new PassingDirectory(directory) {
                            @Override
                            public void sync() {}
                        });
    }

    /** The live segment never gets the name of its archive. */
    static Storage archiveNotRenamed(Storage storage) {
        return each(
                storage,
                directory ->
                        new PassingDirectory(directory) {
                            @Override
                            public void rename(String from, String to) throws IOException {
                                if (!isArchive(to)) {
                                    super.rename(from, to);
                                }
                            }
                        });
    }

    /** An archive loses its second half. */
    static Storage archiveCut(Storage storage) {
        return each(
                storage,
                directory ->
                        new PassingDirectory(directory) {
                            @Override
                            public void rename(String from, String to) throws IOException {
                                super.rename(from, to);
                                if (isArchive(to)) {
                                    halve(openWrite(to));
                                }
                            }
                        });
    }

    private static void halve(StorageFile file) throws IOException {
        try (file) {
            file.truncate(file.size() / 2);
            file.force();
        }
    }

    /** The live segment is cut when it is opened. */
    static Storage liveCutAtOpen(Storage storage) {
        return each(
                storage,
                directory ->
                        new PassingDirectory(directory) {
                            @Override
                            public StorageFile openWrite(String name) throws IOException {
                                if (name.equals(JournalConfig.NAME)) {
                                    halve(super.openWrite(name));
                                }
                                return super.openWrite(name);
                            }
                        });
    }

    /** A new archive takes the place of the one before it. */
    static Storage onlyLastArchiveKept(Storage storage) {
        return each(
                storage,
                directory ->
                        new PassingDirectory(directory) {
                            @Override
                            public void rename(String from, String to) throws IOException {
                                super.rename(from, to);
                                for (String name : list()) {
                                    if (isArchive(to) && isArchive(name) && !name.equals(to)) {
                                        delete(name);
                                    }
                                }
                            }
                        });
    }

    /** The newest archive is not listed. */
    static Storage newestArchiveHidden(Storage storage) {
        return each(
                storage,
                directory ->
                        new PassingDirectory(directory) {
                            @Override
                            public List<String> list() throws IOException {
                                List<String> all = super.list();
                                String newest =
                                        all.stream()
                                                .filter(SpoiledDirectories::isArchive)
                                                .reduce("", (older, newer) -> newer);
                                return all.stream().filter(name -> !name.equals(newest)).toList();
                            }
                        });
    }

    /** The oldest snapshot makes room before the new one is there. */
    static Storage snapshotPrunedFirst(Storage storage) {
        return each(
                storage,
                directory ->
                        new PassingDirectory(directory) {
                            @Override
                            public StorageFile create(String name) throws IOException {
                                List<String> snapshots =
                                        list().stream()
                                                .filter(SpoiledDirectories::isSnapshot)
                                                .toList();
                                if (name.endsWith(TEMPORARY) && snapshots.size() > 1) {
                                    delete(snapshots.get(0));
                                }
                                return super.create(name);
                            }
                        });
    }

    /** A snapshot is written under its own name from the beginning. */
    static Storage snapshotInPlace(Storage storage) {
        return each(
                storage,
                directory ->
                        new PassingDirectory(directory) {
                            private String own(String name) {
                                return name.endsWith(TEMPORARY)
                                        ? name.substring(0, name.length() - TEMPORARY.length())
                                        : name;
                            }

                            @Override
                            public StorageFile create(String name) throws IOException {
                                return super.create(own(name));
                            }

                            @Override
                            public StorageFile openRead(String name) throws IOException {
                                return super.openRead(own(name));
                            }

                            @Override
                            public void rename(String from, String to) throws IOException {
                                if (!from.endsWith(TEMPORARY)) {
                                    super.rename(from, to);
                                }
                            }
                        });
    }
}
