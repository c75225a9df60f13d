package io.melin.gateway;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Many connections on one thread, each with a window of requests in flight, each checked. */
final class Swarm implements AutoCloseable {
    private static final long END_MS = 20_000;

    private final List<SwarmLink> links = new ArrayList<>();
    private final Selector selector;
    private final Thread thread = new Thread(this::run, "swarm");
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private volatile boolean isSending = true;
    private volatile boolean isOver;

    /**
     * @param signer signs for all, each on a lane of its own; null where authentication is off
     */
    record Plan(int connections, int window, long firstClient, @Nullable Signer signer) {}

    private Swarm(Selector selector) {
        this.selector = selector;
    }

    /**
     * Connects and begins.
     *
     * @param firstClient each connection is a client of its own, counted from here
     */
    static Swarm start(InetSocketAddress address, int connections, int window, long firstClient)
            throws IOException {
        return start(address, new Plan(connections, window, firstClient, null));
    }

    static Swarm start(InetSocketAddress address, Plan plan) throws IOException {
        Swarm swarm = new Swarm(Selector.open());
        for (int i = 0; i < plan.connections(); i++) {
            SwarmLink link =
                    new SwarmLink(address, plan.window(), plan.firstClient() + i, plan.signer());
            link.register(swarm.selector);
            swarm.links.add(link);
        }
        swarm.thread.start();
        return swarm;
    }

    private void run() {
        try {
            while (!isOver && !(isDone() && !isSending)) {
                selector.select(5);
                for (SelectionKey key : selector.keys()) {
                    turn(key);
                }
                selector.selectedKeys().clear();
            }
        } catch (Throwable e) {
            failure.set(e);
        }
    }

    private void turn(SelectionKey key) throws IOException {
        if (key.isValid()) {
            ((SwarmLink) Objects.requireNonNull(key.attachment())).turn(key, isSending);
        }
    }

    private boolean isDone() {
        return links.stream().allMatch(SwarmLink::isIdle);
    }

    /** Waits until each connection has so many answers, or the swarm has failed. */
    void awaitAnswers(int count) throws InterruptedException {
        while (thread.isAlive() && links.stream().anyMatch(link -> link.answers() < count)) {
            Thread.sleep(5);
        }
    }

    /** Requests of all connections that have ended. */
    long answers() {
        return links.stream().mapToLong(SwarmLink::answers).sum();
    }

    /** Whether the server has ended every connection. */
    boolean isCutOff() {
        return links.stream().allMatch(SwarmLink::isEnded);
    }

    /** Sends nothing more, waits for what is open, and says how it went. */
    SwarmLink.Tally finish() throws InterruptedException {
        isSending = false;
        thread.join(END_MS);
        isOver = true;
        thread.join();
        Throwable cause = failure.get();
        if (cause != null) {
            throw new AssertionError("a client was not served as it should be", cause);
        }
        SwarmLink.Tally sum = new SwarmLink.Tally();
        for (SwarmLink link : links) {
            if (!link.isIdle()) {
                throw new AssertionError("answers are missing after " + END_MS + " ms");
            }
            sum.answered += link.tally.answered;
            sum.busy += link.tally.busy;
            sum.draining += link.tally.draining;
            sum.unanswered += link.tally.unanswered;
            sum.latencies.addAll(link.tally.latencies);
        }
        return sum;
    }

    @Override
    public void close() throws IOException {
        isOver = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
        for (SwarmLink link : links) {
            link.close();
        }
        selector.close();
    }
}
