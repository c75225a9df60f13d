package io.melin.bench.recovery;

import io.melin.bench.counter.Counter;
import io.melin.bench.part.Forked;
import io.melin.journal.JournalConfig;
import io.melin.journaled.JournaledApplication;
import java.io.IOException;
import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Leaves what a node with a counter would leave after so many events, in a JVM of its own. */
public final class CounterHistory {
    /** A logger without a strong reference forgets its level. */
    private static final Logger LOG = Logger.getLogger("io.melin");

    private static final int KEEP = 2;

    private CounterHistory() {}

    /**
     * @param arguments the directory, how many events, and whether a snapshot holds all of them
     */
    public static void main(String[] arguments) throws IOException {
        Forked.endWithParent();
        LOG.setLevel(Level.WARNING);
        write(
                Path.of(arguments[0]),
                Integer.parseInt(arguments[1]),
                Boolean.parseBoolean(arguments[2]));
    }

    static void write(Path directory, int count, boolean isSaved) throws IOException {
        JournalConfig config =
                JournalConfig.of(directory, 1, 1).withVersions(Counter.program().entryVersions());
        History.write(config, count, true);
        if (isSaved) {
            try (JournaledApplication<?, ?> app =
                    JournaledApplication.recover(Counter.program(), config, History.ports())) {
                app.saveSnapshot(KEEP);
            }
        }
    }
}
