package io.melin.bench.run;

import io.melin.bench.part.Forked;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A server that answers requests, and a client in a process of its own that makes them. */
interface Served extends Subject {

    /** Starts the server with its files in an empty directory; returns when it serves. */
    Running start(Path directory) throws IOException;

    /**
     * Starts the client.
     *
     * @param address what the server said about itself
     */
    Forked load(String address, List<String> load, Path figures) throws IOException;

    /** Whether it may be stopped while others are asked, and be asked again as if new. */
    default boolean canWait() {
        return false;
    }

    @Override
    default void run(Path directory, List<String> load, Path figures)
            throws IOException, InterruptedException {
        try (Running server = start(directory);
                Forked client = load(server.address(), load, figures)) {
            client.join(Round.CASE_MAX);
        }
    }

    /**
     * A server that serves.
     *
     * @param address what its clients need
     */
    record Running(Forked process, String address) implements AutoCloseable {
        @Override
        public void close() {
            process.close();
        }
    }
}
