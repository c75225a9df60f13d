package io.melin.snapshot;

import io.melin.snapshot.SnapshotException.SnapshotUnreadable;
import io.melin.snapshot.SnapshotReport.Content;
import io.melin.storage.StorageDirectory;
import io.melin.storage.StorageFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads every snapshot of a journal to its end, by the class that a restore reads it with. Changes
 * nothing. Threading: one.
 */
public final class SnapshotSurvey {
    private final StorageDirectory directory;
    private final SnapshotNames names;
    private final ByteBuffer chunk;

    /**
     * @param directory stays the caller's to close
     * @param journal name of the live segment, from which those of the snapshots derive
     */
    public SnapshotSurvey(StorageDirectory directory, String journal) {
        this.directory = directory;
        this.names = new SnapshotNames(journal);
        this.chunk =
                ByteBuffer.allocateDirect(ChunkFrame.BYTES + SnapshotStore.Config.CHUNK_BYTES)
                        .order(ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * The newest first, without those that are deleted meanwhile.
     *
     * @throws IOException if it cannot be told which there are
     */
    public List<SnapshotReport> run() throws IOException {
        List<SnapshotReport> reports = new ArrayList<>();
        for (SnapshotFile file : names.snapshots(directory.list())) {
            SnapshotReport report = look(file);
            if (report != null) {
                reports.add(report);
            }
        }
        return reports;
    }

    /** What saves that did not end have left. */
    public List<String> temporaries() throws IOException {
        return directory.list().stream().filter(names::isTemporary).toList();
    }

    private @Nullable SnapshotReport look(SnapshotFile file) {
        SnapshotPlace place =
                SnapshotPlace.of(directory.path() + "/" + file.name(), file.sequence());
        try (StorageFile opened = directory.openRead(file.name())) {
            return read(file, opened, place);
        } catch (NoSuchFileException e) {
            return null;
        } catch (IOException e) {
            return new SnapshotReport(file, 0, null, null, new SnapshotUnreadable(place, e));
        }
    }

    private SnapshotReport read(SnapshotFile file, StorageFile opened, SnapshotPlace place)
            throws IOException {
        SnapshotHeader header = null;
        try {
            ChunkReader in = new ChunkReader(opened, place, chunk);
            header = in.begin();
            in.skipAll();
            SnapshotTrailer trailer = in.finish();
            Content content =
                    new Content(trailer.payloadBytes(), trailer.chunks(), trailer.digest());
            return new SnapshotReport(file, opened.size(), header, content, null);
        } catch (SnapshotException e) {
            return new SnapshotReport(file, opened.size(), header, null, e);
        }
    }
}
