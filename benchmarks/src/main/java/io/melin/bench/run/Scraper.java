package io.melin.bench.run;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Reads the meters of an application once a second, as Prometheus does, until it is ended. */
final class Scraper implements AutoCloseable {
    private static final String ACCEPT =
            "application/openmetrics-text;version=1.0.0;q=0.6,text/plain;version=0.0.4;q=0.4";
    private static final String OURS = "\nmelin_";
    private static final int ANSWER_MAX_MS = 10_000;

    private final URI uri;
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(task -> {
                Thread thread = new Thread(task, "scraper");
                thread.setDaemon(true);
                return thread;
            });
    private final AtomicInteger count = new AtomicInteger();
    private final AtomicReference<@Nullable IOException> failure = new AtomicReference<>();

    private Scraper(URI uri) {
        this.uri = uri;
    }

    static Scraper start(URI uri, long periodMs) {
        Scraper scraper = new Scraper(uri);
        scraper.timer.scheduleAtFixedRate(scraper::scrape, 0, periodMs, TimeUnit.MILLISECONDS);
        return scraper;
    }

    /**
     * Reads no more.
     *
     * @return how often it did
     * @throws IOException if it could not, or saw no meter of a node
     */
    int end() throws IOException, InterruptedException {
        timer.shutdown();
        boolean isOver = timer.awaitTermination(ANSWER_MAX_MS, TimeUnit.MILLISECONDS);
        IOException failed = failure.get();
        if (failed != null) {
            throw new IOException("meters cannot be read: " + uri, failed);
        }
        if (!isOver || count.get() == 0) {
            throw new IOException("meters did not come: " + uri);
        }
        return count.get();
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    private void scrape() {
        try {
            String meters = read();
            if (!meters.contains(OURS)) {
                throw new IOException("no meter of a node");
            }
            count.incrementAndGet();
        } catch (IOException e) {
            failure.compareAndSet(null, e);
            throw new UncheckedIOException(e); // ends the schedule
        }
    }

    private String read() throws IOException {
        HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
        connection.setRequestProperty("Accept", ACCEPT);
        connection.setConnectTimeout(ANSWER_MAX_MS);
        connection.setReadTimeout(ANSWER_MAX_MS);
        try (InputStream in = connection.getInputStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
