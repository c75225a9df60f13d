package io.melin.node;

import io.melin.journal.JournalConfig;
import io.melin.pipeline.Admission;
import io.melin.retention.SpaceKeeper;
import io.melin.retention.SpaceMeters;
import io.melin.stage.ThreadFacts;
import io.melin.storage.StorageDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;

/** The keeper of one run's space, on its thread. */
final class NodeSpace {
    private static final System.Logger LOG = System.getLogger(NodeSpace.class.getName());
    private static final long IDLE_NS = 50_000_000;
    private static final Duration END = Duration.ofSeconds(5);

    private final StorageDirectory directory;
    private final SpaceMeters meters;
    private final SpaceKeeper keeper;
    private final SideStage thread;

    /** Opens the directory once more, since no handle is shared between threads. */
    NodeSpace(JournalConfig config, NodePorts ports, NodeRun<?, ?> run, SpaceMeters meters) {
        try {
            this.directory = ports.storage().open(config.directory());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Admission admission = run.admission;
        this.meters = meters;
        this.keeper =
                new SpaceKeeper(
                        new SpaceKeeper.Config(
                                config.name(), config.freeBytesMin(), config.retention()),
                        new SpaceKeeper.Ports(directory, ports.time(), admission, meters));
        this.thread = new SideStage(keeper, IDLE_NS, ports, run.pipeline.isManual());
    }

    /** Looks once before the first event can be taken. */
    void start() {
        keeper.look();
        thread.start();
    }

    SpaceMeters meters() {
        return meters;
    }

    int runOnce() {
        return thread.runOnce();
    }

    ThreadFacts facts() {
        return thread.facts();
    }

    /**
     * Ends it.
     *
     * @return false if it is stuck in the disk
     */
    boolean stop() {
        thread.stop();
        if (!thread.join(END)) {
            return false;
        }
        meters.settle();
        try {
            directory.close();
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "close failed: path=" + directory.path(), e);
        }
        return true;
    }
}
