package counter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged service, from outside: it answers, is killed, and answers with its state. */
class CounterServiceIT {
    private final HttpClient http = HttpClient.newHttpClient();
    private Process process;
    private int port;

    @TempDir Path directory;

    @AfterEach
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
    }

    @Test
    void answersWithItsStateAfterAKill() throws Exception {
        start();
        String first = post("/add/40", "a");
        assertThat(first).contains("\"sequence\":1", "\"total\":40", "\"duplicate\":false");
        assertThat(post("/add/2", "b")).contains("\"sequence\":2", "\"total\":42");

        process.destroyForcibly().waitFor();
        start();

        assertThat(get("/total").body()).isEqualTo("42");
        assertThat(post("/add/40", "a"))
                .as("the first outcome, not a second application")
                .contains("\"sequence\":1", "\"total\":40", "\"duplicate\":true");
        assertThat(get("/total").body()).isEqualTo("42");
    }

    @Test
    void showsHealthMetersAndTraces() throws Exception {
        start("--melin.trace.sample-every=1");
        post("/add/1", "a");

        assertThat(get("/actuator/health/readiness").statusCode()).isEqualTo(200);
        assertThat(get("/actuator/health/liveness").statusCode()).isEqualTo(200);
        assertThat(get("/actuator/melin").body()).contains("SERVING", "\"disk\"");
        assertThat(get("/actuator/prometheus").body())
                .contains("melin_stage_events_total", "melin_response_latency_seconds_bucket");
        assertThat(get("/actuator/melintraces").body()).contains("\"sequence\":1");
    }

    private void start(String... more) throws Exception {
        port = freePort();
        String[] fixed = {
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-jar",
            "target/counter.jar",
            "--server.port=" + port,
            "--melin.journal.directory=" + directory.resolve("journal")
        };
        String[] command = java.util.Arrays.copyOf(fixed, fixed.length + more.length);
        System.arraycopy(more, 0, command, fixed.length, more.length);
        process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(Path.of("target", "counter.log").toFile())
                        .start();
        long deadlineNs = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!isReady()) {
            assertThat(process.isAlive()).as("the service is alive").isTrue();
            assertThat(System.nanoTime()).as("ready in time").isLessThan(deadlineNs);
            Thread.sleep(100);
        }
    }

    private boolean isReady() throws InterruptedException {
        try {
            return get("/actuator/health/readiness").statusCode() == 200;
        } catch (IOException notListeningYet) {
            return false;
        }
    }

    private String post(String path, String key) throws IOException, InterruptedException {
        HttpResponse<String> response =
                http.send(
                        request(path)
                                .header("Idempotency-Key", key)
                                .POST(HttpRequest.BodyPublishers.noBody())
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return response.body();
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(request(path).GET().build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(10));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
