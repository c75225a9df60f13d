package io.melin.bench.run;

import io.melin.bench.part.Forked;
import io.melin.bench.ratis.RatisClient;
import io.melin.bench.ratis.RatisMember;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A group of one, whose log is synced before an entry commits.
 *
 * @param warmUpSeconds before those of every client: it gets faster for much longer than the rest
 */
record RatisSubject(int warmUpSeconds) implements Served {
    private static final List<String> OPTIONS = List.of("-Xms1g", "-Xmx1g");

    @Override
    public String name() {
        return "ratis, log synced, " + warmUpSeconds + " s more of warm-up";
    }

    @Override
    public Running start(Path directory) throws IOException {
        String data = directory.toAbsolutePath().resolve("data").toString();
        Forked server = Forked.start(OPTIONS, RatisMember.class, List.of(data));
        return new Running(server, server.await("READY"));
    }

    @Override
    public Forked load(String address, List<String> load, Path figures) throws IOException {
        List<String> all =
                new ArrayList<>(
                        List.of(
                                "--port",
                                address,
                                "--more-warm-up",
                                "" + warmUpSeconds,
                                "--hdr",
                                figures.toString()));
        all.addAll(load);
        return Forked.start(OPTIONS, RatisClient.class, all);
    }
}
