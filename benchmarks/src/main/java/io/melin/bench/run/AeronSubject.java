package io.melin.bench.run;

import io.melin.bench.aeron.AeronClient;
import io.melin.bench.aeron.AeronServer;
import io.melin.bench.part.Forked;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A cluster of one.
 *
 * @param syncLevel 2: synced before it is answered; 0: never
 * @param isIpc whether its client shares memory with the server's driver
 */
record AeronSubject(int syncLevel, boolean isIpc) implements Served {
    private static final List<String> OPTIONS =
            List.of("--add-opens", "java.base/jdk.internal.misc=ALL-UNNAMED");

    @Override
    public String name() {
        return "aeron, " + (isIpc ? "IPC" : "UDP") + ", sync level " + syncLevel;
    }

    @Override
    public Running start(Path directory) throws IOException {
        Forked server =
                Forked.start(
                        OPTIONS,
                        AeronServer.class,
                        List.of(directory.toAbsolutePath().toString(), "" + syncLevel));
        return new Running(server, server.await("READY"));
    }

    @Override
    public Forked load(String address, List<String> load, Path figures) throws IOException {
        List<String> all =
                new ArrayList<>(List.of("--driver", address, "--hdr", figures.toString()));
        if (isIpc) {
            all.add("--ipc");
        }
        all.addAll(load);
        return Forked.start(OPTIONS, AeronClient.class, all);
    }
}
