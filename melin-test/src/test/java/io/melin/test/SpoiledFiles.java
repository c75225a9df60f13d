package io.melin.test;

import io.melin.storage.Storage;
import io.melin.storage.StorageDirectory;
import io.melin.storage.StorageFile;
import io.melin.test.PassingStorage.PassingDirectory;
import io.melin.test.PassingStorage.PassingFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** Files that do not do what their port promises: bugs of a disk, or of who uses one. */
final class SpoiledFiles {
    private SpoiledFiles() {}

    private static Storage each(Storage storage, UnaryOperator<StorageFile> spoil) {
        return new PassingStorage(storage) {
            @Override
            StorageDirectory wrap(StorageDirectory directory) {
                return new PassingDirectory(directory) {
                    @Override
                    StorageFile wrap(StorageFile file) {
                        return spoil.apply(file);
                    }
                };
            }
        };
    }

    /** Never syncs files whose names contain a part. */
    static Storage noSync(Storage storage, String part) {
        return each(
                storage,
                file ->
                        new PassingFile(file) {
                            @Override
                            public void force() throws IOException {
                                if (!name().contains(part)) {
                                    super.force();
                                }
                            }
                        });
    }

    /** Leaves out every {@code nth} sync. */
    static Storage syncLeftOut(Storage storage, int nth) {
        AtomicInteger syncs = new AtomicInteger();
        return each(
                storage,
                file ->
                        new PassingFile(file) {
                            @Override
                            public void force() throws IOException {
                                if (syncs.incrementAndGet() % nth != 0) {
                                    super.force();
                                }
                            }
                        });
    }

    /** Syncs before a write instead of behind it. */
    static Storage syncBeforeWrite(Storage storage) {
        return each(
                storage,
                file ->
                        new PassingFile(file) {
                            @Override
                            public int write(ByteBuffer source, long offset) throws IOException {
                                super.force();
                                return super.write(source, offset);
                            }

                            @Override
                            public void force() {}
                        });
    }

    /** Takes a sync that failed for one that did not, after as many more tries. */
    static Storage syncFailureIgnored(Storage storage, int tries) {
        return each(
                storage,
                file ->
                        new PassingFile(file) {
                            @Override
                            public void force() {
                                for (int i = 0; i <= tries; i++) {
                                    try {
                                        super.force();
                                        return;
                                    } catch (IOException ignored) {
                                        // That is the bug.
                                    }
                                }
                            }
                        });
    }

    /** Every {@code nth} write says that it wrote all, and writes only a part of it. */
    static Storage writeCutShort(Storage storage, int nth, int percent) {
        AtomicInteger writes = new AtomicInteger();
        return each(
                storage,
                file ->
                        new PassingFile(file) {
                            @Override
                            public int write(ByteBuffer source, long offset) throws IOException {
                                if (writes.incrementAndGet() % nth != 0) {
                                    return super.write(source, offset);
                                }
                                int bytes = source.remaining();
                                ByteBuffer part = source.duplicate();
                                part.limit(part.position() + bytes * percent / 100);
                                to.writeFully(part, offset);
                                source.position(source.limit());
                                return bytes;
                            }
                        });
    }

    /** Every {@code nth} write goes to a sector behind the one that it is meant for. */
    static Storage writeMisplaced(Storage storage, int nth) {
        AtomicInteger writes = new AtomicInteger();
        return each(
                storage,
                file ->
                        new PassingFile(file) {
                            @Override
                            public int write(ByteBuffer source, long offset) throws IOException {
                                boolean isSpoiled = writes.incrementAndGet() % nth == 0;
                                return super.write(source, isSpoiled ? offset + 512 : offset);
                            }
                        });
    }
}
