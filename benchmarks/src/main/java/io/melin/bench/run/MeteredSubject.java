package io.melin.bench.run;

import io.melin.bench.client.WireClient;
import io.melin.bench.part.Forked;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * A node in Spring Boot behind its gateway, whose meters are read once a second or never. It has
 * no snapshots, as those of other suites.
 *
 * @param sampleEvery one event in so many is traced, 0 for none and for no scrapes either
 * @param log for what the application says
 * @param scrapes takes how many there were in a run
 */
record MeteredSubject(int sampleEvery, Path log, IntConsumer scrapes) implements Subject {
    private static final long PERIOD_MS = 1_000;

    @Override
    public String name() {
        return "melin in Spring Boot, "
                + (isMetered() ? "scraped, 1 in " + sampleEvery + " traced" : "neither");
    }

    private boolean isMetered() {
        return sampleEvery > 0;
    }

    @Override
    public void run(Path directory, List<String> load, Path figures)
            throws IOException, InterruptedException {
        int port = BootSubject.freePort();
        List<String> arguments =
                List.of(
                        "--melin.gateway.port=" + port,
                        "--melin.gateway.authentication=off",
                        "--melin.snapshot.shadow=off",
                        "--melin.trace.sample-every=" + sampleEvery,
                        "--management.endpoints.web.exposure.include=health,prometheus");
        BootSubject boot = BootSubject.metered(name(), arguments);
        try (BootSubject.Ready node = boot.launch(directory, log)) {
            if (isMetered()) {
                loadScraped(node, port, load, figures);
            } else {
                load(port, load, figures);
            }
        }
    }

    private void loadScraped(BootSubject.Ready node, int port, List<String> load, Path figures)
            throws IOException, InterruptedException {
        URI meters = URI.create("http://127.0.0.1:" + node.port() + "/actuator/prometheus");
        try (Scraper scraper = Scraper.start(meters, PERIOD_MS)) {
            load(port, load, figures);
            scrapes.accept(scraper.end());
        }
    }

    private static void load(int port, List<String> load, Path figures)
            throws IOException, InterruptedException {
        List<String> all =
                new ArrayList<>(List.of("--port", "" + port, "--hdr", figures.toString()));
        all.addAll(List.of("--dialect", "melin"));
        all.addAll(load);
        try (Forked client = Forked.start(WireClient.class, all)) {
            client.join(Round.CASE_MAX);
        }
    }
}
