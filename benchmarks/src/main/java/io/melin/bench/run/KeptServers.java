package io.melin.bench.run;

import io.melin.bench.part.Forked;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Servers that live from their first case to the last, each stopped by a signal while another is
 * asked. What differs between two starts counts once, and a case may be so short that whatever
 * befalls the machine befalls all alike.
 */
final class KeptServers implements AutoCloseable {
    /** Of a load that does not count, right after the start: most is compiled then. */
    private static final List<String> FIRST = List.of("--warm-up", "15", "--seconds", "1");

    private final Path directory;
    private final Map<String, Served.Running> servers = new LinkedHashMap<>();

    /**
     * @param directory for the files of all
     */
    KeptServers(Path directory) {
        this.directory = directory;
    }

    /**
     * Starts it if it is new, and loads it.
     *
     * @param times of the load
     */
    void run(Case one, Served subject, List<String> times, Path figures)
            throws IOException, InterruptedException {
        Served.Running server = servers.get(subject.name());
        if (server == null) {
            Path own = directory.resolve(Output.fileName(subject.name()));
            Round.empty(own);
            server = subject.start(own);
            servers.put(subject.name(), server);
            load(server, subject, one.load(FIRST), figures);
        } else {
            server.process().resume();
        }
        try {
            load(server, subject, one.load(times), figures);
        } finally {
            server.process().suspend();
        }
    }

    private static void load(Served.Running server, Served subject, List<String> load, Path figures)
            throws IOException, InterruptedException {
        try (Forked client = subject.load(server.address(), load, figures)) {
            client.join(Round.CASE_MAX);
        }
    }

    @Override
    public void close() {
        servers.values().forEach(Served.Running::close);
        servers.clear();
    }
}
