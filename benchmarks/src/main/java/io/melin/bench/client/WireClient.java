package io.melin.bench.client;

import io.melin.bench.part.LoadOptions;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import org.HdrHistogram.Histogram;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A process that loads one server and measures it; see {@link Wire} for what a latency is. */
@CommandLine.Command(name = "client")
public final class WireClient implements Callable<Integer> {
    @Option(names = "--port", required = true)
    private int port;

    @Option(names = "--dialect", required = true, description = "melin, exchange or floor")
    private String dialect = "melin";

    @Option(names = "--connections")
    private int connections = 1;

    @Option(names = "--rate", description = "of an open loop, over all connections")
    private long rate;

    @Option(names = "--spin", description = "never wait in the kernel")
    private boolean spins;

    @Mixin private FlowOptions flows = new FlowOptions();

    @Mixin private LoadOptions load = new LoadOptions();

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new WireClient()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException, ExecutionException {
        List<Wire> wires = new ArrayList<>();
        long base = ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE / 2);
        for (int i = 0; i < connections; i++) {
            InetSocketAddress address = new InetSocketAddress("127.0.0.1", port);
            wires.add(new Wire(address, dialect(base, i), load.window()));
        }
        try (WireLoop loop = new WireLoop(new WireLoop.Pace(rate, spins), wires)) {
            loop.run(load.warmUpNs(), load.measuredNs());
            Histogram answers = new Histogram(Long.MAX_VALUE / 2, 3);
            wires.forEach(wire -> answers.recordValue(wire.counted()));
            load.write(dialect, loop.latencies(), answers);
        }
        for (Wire wire : wires) {
            wire.close();
        }
        return 0;
    }

    private Dialect dialect(long base, int index) {
        long client = base + index;
        return switch (dialect) {
            case "exchange" ->
                    new ExchangeDialect(client, flows.flow(index, connections), load.window());
            case "melin" -> new MelinDialect(client, load.eventBytes());
            case "floor" -> new FloorDialect(load.eventBytes());
            default -> throw new IllegalArgumentException("no such dialect: " + dialect);
        };
    }
}
