package io.melin.shadow;

import io.melin.snapshot.SavePace;
import io.melin.storage.StorageFile;
import io.melin.time.TimeSource;
import java.io.IOException;
import java.util.function.BooleanSupplier;

/**
 * Gives the device one chunk at a time and then three times as long to serve the journal: what was
 * written without a pause would all be due at the next sync, also the journal's. Nothing is synced
 * between: a file that grows would have the file system commit its log each time, and the
 * journal's next sync would wait for that.
 */
final class PacedSave implements SavePace {
    private static final long REST = 3;
    private static final long PAUSE_NS_MAX = 20_000_000;

    private final TimeSource time;
    private final Pause pause;
    private final BooleanSupplier isCancelled;

    PacedSave(TimeSource time, Pause pause, BooleanSupplier isCancelled) {
        this.time = time;
        this.pause = pause;
        this.isCancelled = isCancelled;
    }

    @Override
    public void afterChunk(StorageFile file, long offset, int bytes) throws IOException {
        long startedNs = time.tickerNs();
        file.writeOut(offset, bytes);
        long restNs = REST * (time.tickerNs() - startedNs);
        while (restNs > 0) {
            requireGoing();
            pause.pause(Math.min(restNs, PAUSE_NS_MAX));
            restNs -= PAUSE_NS_MAX;
        }
        requireGoing();
    }

    private void requireGoing() throws IOException {
        if (isCancelled.getAsBoolean()) {
            throw new IOException("save was ended by the stop of the node");
        }
    }
}
