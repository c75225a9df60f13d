package io.melin.bench.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ScraperTest {
    private final CountDownLatch once = new CountDownLatch(1);
    private final CountDownLatch twice = new CountDownLatch(2);
    private HttpServer server;
    private URI uri;
    private String meters = "# HELP\nmelin_epoch 0\n";

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/meters");
    }

    @AfterEach
    void end() {
        server.stop(0);
    }

    @Test
    void readsAgainAndAgainUntilItIsEnded() throws Exception {
        try (Scraper scraper = Scraper.start(uri, 1)) {
            twice.await();

            assertThat(scraper.end()).isGreaterThanOrEqualTo(2);
        }
    }

    /** A node that was not asked is no cheap one. */
    @Test
    void metersWithoutANodeFailTheRun() throws Exception {
        meters = "jvm_threads 1\n";
        try (Scraper scraper = Scraper.start(uri, 60_000)) {
            once.await();

            assertThatThrownBy(scraper::end)
                    .isInstanceOf(IOException.class)
                    .hasRootCauseMessage("no meter of a node");
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        byte[] body = meters.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
        once.countDown();
        twice.countDown();
    }
}
