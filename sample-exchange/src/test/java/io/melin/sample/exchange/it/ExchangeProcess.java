package io.melin.sample.exchange.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One JVM of the sample, on free ports. */
final class ExchangeProcess implements AutoCloseable {
    static final Path JAR = Path.of("target", "sample-exchange.jar");

    private static final Duration READY = Duration.ofSeconds(90);
    private static final Duration REQUEST = Duration.ofSeconds(30);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final HttpClient http = HttpClient.newHttpClient();
    private final Process process;
    private final Path log;
    private final int port;

    private ExchangeProcess(Process process, Path log, int port) {
        this.process = process;
        this.log = log;
        this.port = port;
    }

    /** Starts it and waits until it takes traffic. */
    static ExchangeProcess start(Path directory, String... arguments) throws Exception {
        ExchangeProcess exchange = launch(List.of(), directory, arguments);
        exchange.awaitReady();
        return exchange;
    }

    /** The same from the jar as it is delivered: {@code java -jar}, without a class archive. */
    static ExchangeProcess startJar(Path directory, String... arguments) throws Exception {
        ExchangeProcess exchange = run(List.of(java()), JAR, directory, arguments);
        exchange.awaitReady();
        return exchange;
    }

    /**
     * Starts it without waiting.
     *
     * @param wrapper a command that runs the rest of its line, such as a tracer
     */
    static ExchangeProcess launch(List<String> wrapper, Path directory, String... arguments)
            throws Exception {
        List<String> jvm = new ArrayList<>(wrapper);
        jvm.add(java());
        jvm.add(ClassArchive.use());
        return run(jvm, ClassArchive.JAR, directory, arguments);
    }

    static ExchangeProcess run(List<String> jvm, Path jar, Path directory, String... arguments)
            throws IOException {
        int port = freePort();
        List<String> command = new ArrayList<>(jvm);
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m"));
        command.add("-Dmelin.gateway.port=0"); // an argument of the test comes before it
        command.addAll(List.of("-jar", jar.toString(), "--server.port=" + port));
        command.add("--melin.journal.directory=" + directory);
        command.add("--melin.journal.prezeroed=4MB");
        command.add("--melin.journal.segment-size=8MB");
        command.addAll(List.of(arguments));
        Path log = Files.createTempFile("sample-exchange", ".log");
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        return new ExchangeProcess(process, log, port);
    }

    /** The launcher of the JDK that runs this test. */
    static String java() {
        String home = Objects.requireNonNull(System.getProperty("java.home"));
        return Path.of(home, "bin", "java").toString();
    }

    void awaitReady() throws Exception {
        long startedNs = System.nanoTime();
        while (!isReady()) {
            assertThat(process.isAlive()).as("alive: " + log()).isTrue();
            assertThat(Duration.ofNanos(System.nanoTime() - startedNs)).isLessThan(READY);
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    private boolean isReady() throws InterruptedException {
        try {
            return get("/actuator/health/readiness").statusCode() == 200;
        } catch (IOException notListeningYet) {
            return false;
        }
    }

    int port() {
        return port;
    }

    /** Where the gateway really listens. */
    int gatewayPort() throws IOException, InterruptedException {
        return json("/actuator/melin").at("/gateway/port").asInt();
    }

    long pid() {
        return process.pid();
    }

    /** SIGKILL; returns when the process is gone. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    }

    /** SIGTERM; the exit code. */
    int stop() throws InterruptedException {
        process.destroy();
        return exitCode(Duration.ofSeconds(60));
    }

    int exitCode(Duration timeout) throws InterruptedException {
        assertThat(process.waitFor(timeout.toSeconds(), TimeUnit.SECONDS))
                .as("process ends: " + log)
                .isTrue();
        return process.exitValue();
    }

    String log() throws IOException {
        return Files.readString(log);
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(request(path).GET());
    }

    JsonNode json(String path) throws IOException, InterruptedException {
        HttpResponse<String> response = get(path);
        assertThat(response.statusCode()).as(path + ": " + response.body()).isEqualTo(200);
        return JSON.readTree(response.body());
    }

    HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        return send(body(path, "POST", body));
    }

    /** A mutation that must be taken; its answer. */
    JsonNode mutate(String method, String path, String key, String body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = body(path, method, body).header("Idempotency-Key", key);
        HttpResponse<String> response = send(request);
        if (response.statusCode() != 200) {
            throw new IOException(
                    "status " + response.statusCode() + " of " + path + ": " + response.body());
        }
        return JSON.readTree(response.body());
    }

    HttpResponse<String> send(HttpRequest.Builder request)
            throws IOException, InterruptedException {
        return http.send(request.timeout(REQUEST).build(), HttpResponse.BodyHandlers.ofString());
    }

    HttpRequest.Builder body(String path, String method, String body) {
        return request(path)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body));
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
