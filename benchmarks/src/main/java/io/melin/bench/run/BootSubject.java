package io.melin.bench.run;

import io.melin.bench.boot.BareService;
import io.melin.bench.boot.MeteredService;
import io.melin.bench.boot.NodeService;
import io.melin.bench.part.Forked;
import java.io.File;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A Spring Boot application, without options for its JVM as the README starts it.
 *
 * @param program a class path and main class, or a jar
 * @param arguments of the application
 */
record BootSubject(String name, List<String> program, List<String> arguments) {
    private static final List<String> GATEWAY =
            List.of("--melin.gateway.port=0", "--melin.gateway.authentication=off");

    /** Of the libraries of the benchmarks those that a node needs too. */
    private static final List<String> SHARED =
            List.of(
                    "HdrHistogram",
                    "affinity",
                    "commons-logging",
                    "disruptor",
                    "jackson",
                    "jakarta",
                    "jctools",
                    "jna",
                    "jspecify",
                    "melin-core",
                    "netty",
                    "slf4j-api",
                    "snakeyaml");

    /** And those that the bare application has not. */
    private static final List<String> OURS =
            List.of(
                    "melin-core",
                    "melin-spring",
                    "affinity",
                    "disruptor",
                    "jctools",
                    "jna-",
                    "netty");

    /** And those that the starter does not bring: there they come with a peer. */
    private static final List<String> FOREIGN = List.of("netty-transport-classes-");

    /** And those that only an application has whose meters are read. */
    private static final List<String> PROMETHEUS =
            List.of("micrometer-registry-prometheus", "prometheus-");

    private static final long POLL_MS = 5;
    private static final long START_MAX_NS = 120_000_000_000L;
    private static final int ANSWER_MAX_MS = 1_000;
    private static final int OK = 200;

    /**
     * What one start took.
     *
     * @param readyMs from before the process was made to the first answer that it is ready
     * @param residentMiB a second later
     */
    record Start(double readyMs, double residentMiB) {}

    /**
     * One that is ready.
     *
     * @param port of its web server
     * @param tookMs from before the process was made
     */
    record Ready(Forked process, int port, double tookMs) implements AutoCloseable {
        @Override
        public void close() {
            process.close();
        }
    }

    static BootSubject bare() throws IOException {
        List<String> without = new ArrayList<>(OURS);
        without.addAll(PROMETHEUS);
        return new BootSubject("bare", program(BareService.class, without), List.of());
    }

    static BootSubject node() throws IOException {
        return new BootSubject("melin", program(NodeService.class, PROMETHEUS), List.of());
    }

    static BootSubject nodeWithGateway() throws IOException {
        return new BootSubject("melin, gateway", program(NodeService.class, PROMETHEUS), GATEWAY);
    }

    /** Its JVM has the options of all that are loaded. */
    static BootSubject metered(String name, List<String> arguments) throws IOException {
        List<String> program = new ArrayList<>(Forked.JVM);
        program.addAll(program(MeteredService.class, List.of()));
        return new BootSubject(name, program, arguments);
    }

    static BootSubject jar(Path jar) {
        return new BootSubject(jar.toFile().getName(), List.of("-jar", jar.toString()), GATEWAY);
    }

    /** The libraries lie beside the jar that runs this. */
    private static List<String> program(Class<?> main, List<String> without) throws IOException {
        String classPath = Forked.classPath();
        Path target = Path.of(classPath).toAbsolutePath().getParent();
        if (target == null || !Files.isDirectory(target.resolve("boot"))) {
            throw new IOException("not run from the jar of the benchmarks: " + target);
        }
        try (Stream<Path> own = Files.list(target.resolve("boot"));
                Stream<Path> shared = Files.list(target.resolve("lib"))) {
            String path =
                    Stream.concat(own, shared.filter(jar -> isOneOf(SHARED, jar)))
                            .filter(jar -> !isOneOf(without, jar) && !isOneOf(FOREIGN, jar))
                            .sorted()
                            .map(Path::toString)
                            .collect(Collectors.joining(File.pathSeparator));
            return List.of("-cp", path, main.getName());
        }
    }

    private static boolean isOneOf(List<String> names, Path jar) {
        return names.stream().anyMatch(jar.toFile().getName()::startsWith);
    }

    /**
     * Starts and ends it.
     *
     * @param directory empty, for the journal
     * @param log for what it says
     */
    Start start(Path directory, Path log) throws IOException, InterruptedException {
        try (Ready ready = launch(directory, log)) {
            Thread.sleep(1_000);
            return new Start(ready.tookMs(), residentMiB(ready.process().pid()));
        }
    }

    /** Starts it, and returns when it says that it is ready. */
    Ready launch(Path directory, Path log) throws IOException, InterruptedException {
        int port = freePort();
        List<String> command = new ArrayList<>(List.of(Forked.java()));
        command.addAll(program);
        command.addAll(arguments);
        command.addAll(
                List.of(
                        "--server.address=127.0.0.1",
                        "--server.port=" + port,
                        "--management.endpoint.health.probes.enabled=true",
                        "--melin.journal.directory=" + directory.resolve("data")));
        long startedNs = System.nanoTime();
        Forked process = Forked.launch(command, log);
        boolean isReady = false;
        try {
            while (!isReady) {
                if (!process.isAlive() || System.nanoTime() - startedNs > START_MAX_NS) {
                    throw new IOException(name + " did not get ready, see " + log);
                }
                Thread.sleep(POLL_MS);
                isReady = isReady(port);
            }
            return new Ready(process, port, (System.nanoTime() - startedNs) / 1e6);
        } finally {
            if (!isReady) {
                process.close();
            }
        }
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static boolean isReady(int port) throws IOException {
        URI uri = URI.create("http://127.0.0.1:" + port + "/actuator/health/readiness");
        HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
        connection.setConnectTimeout(ANSWER_MAX_MS);
        connection.setReadTimeout(ANSWER_MAX_MS);
        try {
            return connection.getResponseCode() == OK;
        } catch (IOException e) {
            return false; // it does not answer yet
        } finally {
            connection.disconnect();
        }
    }

    private static double residentMiB(long pid) throws IOException {
        Path status = Path.of("/proc", Long.toString(pid), "status");
        return ProcStatus.residentKiB(Files.readAllLines(status)) / 1_024.0;
    }
}
