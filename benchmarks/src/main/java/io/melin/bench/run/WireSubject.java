package io.melin.bench.run;

import io.melin.bench.client.WireClient;
import io.melin.bench.counter.CounterServer;
import io.melin.bench.echo.EchoServer;
import io.melin.bench.exchange.ExchangeServer;
import io.melin.bench.floor.FloorServer;
import io.melin.bench.part.Forked;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A server of ours on TCP.
 *
 * @param main its main class
 * @param arguments of it, after the directory
 * @param client options of the client for this server
 * @param jvm options of the server's JVM, behind those of every one
 */
record WireSubject(
        String name, Class<?> main, List<String> arguments, List<String> client, List<String> jvm)
        implements Served {

    private WireSubject(String name, Class<?> main, List<String> arguments, List<String> client) {
        this(name, main, arguments, client, List.of());
    }

    static WireSubject floor(String waits) {
        List<String> client = new ArrayList<>(List.of("--dialect", "floor"));
        if (waits.equals("spin")) {
            client.add("--spin");
        }
        return new WireSubject("floor, " + waits, FloorServer.class, List.of(waits), client);
    }

    /** With the transport that the gateway has by default. */
    static WireSubject echo() {
        return echo("netty", "nio");
    }

    /** With the network library of a directory beside the jar, which has its native files too. */
    WireSubject onNatives() {
        Path own = Path.of(Forked.classPath());
        return on("-cp", own.resolveSibling("transports") + "/*" + File.pathSeparator + own);
    }

    static WireSubject echo(String name, String transport) {
        return new WireSubject(
                "echo, " + name,
                EchoServer.class,
                List.of(transport),
                List.of("--dialect", "floor"));
    }

    static WireSubject counter(String name, String... options) {
        return new WireSubject(
                "melin, " + name,
                CounterServer.class,
                List.of(options),
                List.of("--dialect", "melin"));
    }

    static WireSubject exchange(String name, String... options) {
        return new WireSubject(
                "exchange, " + name,
                ExchangeServer.class,
                List.of(options),
                List.of("--dialect", "exchange"));
    }

    /** The same with a client that spins. */
    WireSubject spinning() {
        List<String> spinning = new ArrayList<>(client);
        spinning.add("--spin");
        return new WireSubject(name, main, arguments, spinning, jvm);
    }

    /** The same with other options of the server's JVM. */
    WireSubject on(String... options) {
        return new WireSubject(name, main, arguments, client, List.of(options));
    }

    @Override
    public boolean canWait() {
        return main != ExchangeServer.class; // whose every client wants an empty one
    }

    @Override
    public Running start(Path directory) throws IOException {
        List<String> all = new ArrayList<>(List.of(directory.resolve("data").toString()));
        all.addAll(arguments);
        Forked server = Forked.start(jvm, main, all);
        return new Running(server, server.await("READY"));
    }

    @Override
    public Forked load(String address, List<String> load, Path figures) throws IOException {
        List<String> all = new ArrayList<>(List.of("--port", address, "--hdr", figures.toString()));
        all.addAll(client);
        all.addAll(load);
        return Forked.start(WireClient.class, all);
    }
}
