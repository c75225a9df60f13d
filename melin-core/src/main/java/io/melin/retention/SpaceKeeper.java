package io.melin.retention;

import io.melin.journal.Archives;
import io.melin.journal.Retention;
import io.melin.pipeline.Admission;
import io.melin.snapshot.SnapshotStore;
import io.melin.stage.Stage;
import io.melin.storage.StorageDirectory;
import io.melin.time.TimeSource;

/**
 * Watches the free space of the journal's volume and deletes archives that may go. Threading: a
 * stage of its own thread.
 */
public final class SpaceKeeper implements Stage {
    /** At full speed a fast disk takes some fifty megabytes in this time. */
    static final long LOOK_NS = 100_000_000;

    static final long TRIM_NS = 5_000_000_000L;

    private final SpaceFloor floor;
    private final ArchiveTrimmer trimmer;
    private final TimeSource time;
    private long nextLookNs;
    private long nextTrimNs;

    /**
     * @param floorBytes free space below which events are refused, 0 for none
     * @param retention which archives may go
     */
    public record Config(String journal, long floorBytes, Retention retention) {}

    /**
     * @param directory of the journal, a handle of this stage's own; closed by the caller
     * @param admission told whether there is space
     */
    public record Ports(
            StorageDirectory directory, TimeSource time, Admission admission, SpaceMeters meters) {}

    public SpaceKeeper(Config config, Ports ports) {
        this(
                new SpaceFloor(
                        ports.directory(), config.floorBytes(), ports.admission(), ports.meters()),
                new ArchiveTrimmer(
                        new Archives(ports.directory(), config.journal()),
                        new GoodSnapshots(
                                new SnapshotStore(
                                        ports.directory(),
                                        new SnapshotStore.Config(
                                                config.journal(), SnapshotStore.Config.KEEP_MIN))),
                        config.retention(),
                        ports.meters()),
                ports.time());
    }

    private SpaceKeeper(SpaceFloor floor, ArchiveTrimmer trimmer, TimeSource time) {
        this.floor = floor;
        this.trimmer = trimmer;
        this.time = time;
        this.nextLookNs = time.tickerNs();
        this.nextTrimNs = nextLookNs;
    }

    /** Looks at the space now; before the thread runs, on the caller's. */
    public void look() {
        floor.check();
    }

    @Override
    public String name() {
        return "space";
    }

    @Override
    public int doWork() {
        long nowNs = time.tickerNs();
        int done = 0;
        if (nowNs - nextLookNs >= 0) {
            floor.check();
            nextLookNs = nowNs + LOOK_NS;
            done++;
        }
        if (nowNs - nextTrimNs >= 0) {
            trimmer.trim(time.epochNs());
            nextTrimNs = nowNs + TRIM_NS;
            done++;
        }
        return done;
    }
}
