package io.melin.bench.client;

import io.melin.bench.part.Samples;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** A process that loads one server and measures it; see {@link Wire} for what a latency is. */
@CommandLine.Command(name = "client")
public final class WireClient implements Callable<Integer> {
    @Option(names = "--port", required = true)
    private int port;

    @Option(names = "--dialect", required = true)
    private String dialect = "melin";

    @Option(names = "--connections")
    private int connections = 1;

    @Option(names = "--window")
    private int window = 1;

    @Option(names = "--rate")
    private long rate;

    @Option(names = "--spin")
    private boolean spins;

    @Option(names = "--event-bytes")
    private int eventBytes = 100;

    @Option(names = "--warm-up")
    private int warmUpSeconds = 3;

    @Option(names = "--seconds")
    private int seconds = 5;

    @Option(names = "--hdr", required = true)
    private Path hdr = Path.of("latency.hlog");

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new WireClient()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException {
        List<Wire> wires = new ArrayList<>();
        long base = ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE / 2);
        for (int i = 0; i < connections; i++) {
            InetSocketAddress address = new InetSocketAddress("127.0.0.1", port);
            wires.add(new Wire(address, dialect(base + i), window));
        }
        WireLoop loop = new WireLoop(new Load(connections, window, rate, spins), wires);
        loop.run(warmUpSeconds, seconds);
        double perSecond = (double) loop.measured() / seconds;
        Samples.write(hdr, List.of(new Samples(dialect, perSecond, loop.latencies())));
        for (Wire wire : wires) {
            wire.close();
        }
        return 0;
    }

    private Dialect dialect(long client) {
        return switch (dialect) {
            case "melin" -> new MelinDialect(client, eventBytes);
            case "floor" -> new FloorDialect(eventBytes);
            default -> throw new IllegalArgumentException("no such dialect: " + dialect);
        };
    }
}
