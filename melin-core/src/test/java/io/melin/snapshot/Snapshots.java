package io.melin.snapshot;

import io.melin.integrity.ChainHash;
import io.melin.storage.FileSystemStorage;
import io.melin.storage.StorageDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.UUID;

/** Snapshots in small chunks in a directory of a test. */
final class Snapshots {
    static final String JOURNAL = "melin.journal";
    static final int CHUNK_BYTES = 128;
    static final SnapshotVersions VERSIONS = new SnapshotVersions(1, 1, 1);

    private final Path path;
    private final StorageDirectory directory;
    private SnapshotStore store;
    private final SnapshotStore.Config config;

    Snapshots(Path path, int keep) throws IOException {
        this.path = path;
        this.directory = FileSystemStorage.INSTANCE.open(path);
        this.config = new SnapshotStore.Config(JOURNAL, keep, CHUNK_BYTES);
        this.store = new SnapshotStore(directory, config);
    }

    SnapshotStore store() {
        return store;
    }

    /** As after a start: what was verified is forgotten. */
    SnapshotStore reopen() {
        store = new SnapshotStore(directory, config);
        return store;
    }

    /** A state that is this long and its own check. */
    SnapshotFile save(long sequence, int payloadBytes) throws IOException {
        return store.save(
                header(sequence),
                out -> {
                    Random random = new Random(sequence);
                    for (int i = 0; i < payloadBytes; i++) {
                        out.writeByte(random.nextInt());
                    }
                },
                SavePace.NONE);
    }

    static SnapshotHeader header(long sequence) {
        byte[] chain = new byte[ChainHash.BYTES];
        new Random(sequence).nextBytes(chain);
        return new SnapshotHeader(
                new UUID(1, 2), sequence, 0, sequence * 10, ChainHash.of(chain), VERSIONS);
    }

    byte[] bytes(SnapshotFile file) throws IOException {
        return Files.readAllBytes(path.resolve(file.name()));
    }

    void put(SnapshotFile file, byte[] bytes) throws IOException {
        Files.write(path.resolve(file.name()), bytes);
    }

    boolean exists(String name) {
        return Files.exists(path.resolve(name));
    }
}
