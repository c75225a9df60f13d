package io.melin.bench.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Something that can be loaded; its name says what is durable when it answers. */
interface Subject {
    String name();

    /**
     * Loads it in processes of their own, from its start to its end.
     *
     * @param directory for its files, empty
     * @param load options that all clients know
     * @param figures the file that is written with {@link io.melin.bench.part.Samples#write}
     */
    void run(Path directory, List<String> load, Path figures)
            throws IOException, InterruptedException;
}
