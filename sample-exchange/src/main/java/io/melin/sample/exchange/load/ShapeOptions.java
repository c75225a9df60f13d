package io.melin.sample.exchange.load;

import picocli.CommandLine.Option;

/** What the load looks like, as the command line says it. */
final class ShapeOptions {
    private static final int CONNECTIONS_MAX = (1 << 15) - 2;
    private static final int WINDOW_MAX = 1 << 16;
    private static final int ACCOUNTS_MAX = 10_000_000;

    @Option(names = "--connections", required = true, paramLabel = "N", description = "1 or more")
    private int connections;

    @Option(
            names = "--window",
            required = true,
            paramLabel = "W",
            description = "requests in flight on each connection")
    private int window;

    @Option(
            names = "--rate",
            defaultValue = "0",
            paramLabel = "PER_SECOND",
            description = "over all connections: an open loop; 0: a closed one")
    private double rate;

    @Option(
            names = "--flow",
            defaultValue = "fixed",
            paramLabel = "FLOW",
            description = "fixed, compat or limit-only; ${DEFAULT-VALUE}")
    private Flow flow = Flow.FIXED;

    @Option(names = "--accounts", defaultValue = "10000", description = "${DEFAULT-VALUE}")
    private int accounts;

    @Option(names = "--instruments", defaultValue = "100", description = "${DEFAULT-VALUE}")
    private int instruments;

    @Option(names = "--seed", defaultValue = "42", description = "${DEFAULT-VALUE}")
    private long seed;

    Shape shape() {
        UsageException.require(
                connections >= 1 && connections <= CONNECTIONS_MAX, "--connections", connections);
        UsageException.require(window >= 1 && window <= WINDOW_MAX, "--window", window);
        UsageException.require(rate >= 0 && rate <= 1e9, "--rate", rate);
        UsageException.require(accounts >= 2 && accounts <= ACCOUNTS_MAX, "--accounts", accounts);
        UsageException.require(
                instruments >= 1 && instruments <= 1_000_000, "--instruments", instruments);
        return new Shape(connections, window, rate, flow, accounts, instruments, seed);
    }
}
