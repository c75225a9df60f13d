package io.melin.bench.run;

import io.melin.bench.part.Forked;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Something that answers requests, and whoever makes them. */
public interface Subject {
    String name();

    /** Starts the server with its files in an empty directory; returns when it serves. */
    Running start(Path directory) throws IOException;

    /**
     * Starts the client.
     *
     * @param address what the server said about itself
     * @param load options that all clients know
     * @param figures the file that it writes with {@link io.melin.bench.part.Samples#write}
     */
    Forked load(String address, List<String> load, Path figures) throws IOException;

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
