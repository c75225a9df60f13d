package io.melin.sample.exchange.load;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How long, and what is printed, as the command line says it. */
final class RunOptions {
    private static final double SECONDS_MAX = 1e6;
    private static final double NS = 1e9;

    @Option(
            names = "--warmup",
            defaultValue = "5",
            paramLabel = "S",
            description = "seconds that do not count; ${DEFAULT-VALUE}")
    private double warmup;

    @Option(
            names = "--seconds",
            required = true,
            paramLabel = "S",
            description = "seconds that count")
    private double seconds;

    @Option(
            names = "--timeout",
            defaultValue = "10",
            paramLabel = "S",
            description = "seconds without any answer until it is missing; ${DEFAULT-VALUE}")
    private double timeout;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "of the client; half the cores if left out")
    private int threads;

    @Option(names = "--hdr", paramLabel = "FILE", description = "takes a histogram log")
    private @Nullable Path hdr;

    @Option(names = "--json", description = "print the figures as one JSON object, last")
    private boolean json;

    boolean isJson() {
        return json;
    }

    @Nullable Path hdr() {
        return hdr;
    }

    Timing timing() {
        UsageException.require(warmup >= 0 && warmup <= SECONDS_MAX, "--warmup", warmup);
        UsageException.require(seconds > 0 && seconds <= SECONDS_MAX, "--seconds", seconds);
        UsageException.require(timeout > 0 && timeout <= SECONDS_MAX, "--timeout", timeout);
        return new Timing((long) (warmup * NS), (long) (seconds * NS), (long) (timeout * NS));
    }

    int threads(int connections) {
        int cores = Runtime.getRuntime().availableProcessors();
        int wanted = threads == 0 ? Math.max(1, cores / 2) : threads;
        UsageException.require(wanted >= 1 && wanted <= cores, "--threads", threads);
        return Math.min(wanted, connections);
    }
}
