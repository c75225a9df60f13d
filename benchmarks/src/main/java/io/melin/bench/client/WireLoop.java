package io.melin.bench.client;

import io.melin.bench.part.LoadOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import org.HdrHistogram.Histogram;

/**
 * Sends, reads and measures. A closed loop, and all that spins, has the thread of {@link #run} for
 * it alone; an open loop that waits sends on a second one, so that an answer is read when it comes
 * and not when the next request is due.
 */
final class WireLoop implements AutoCloseable {
    /** So long after the last answer it may take until the end is seen. */
    private static final long SELECT_MS = 100;

    /**
     * When requests are made.
     *
     * @param ratePerSecond over all connections; 0 for a closed loop
     * @param spins whether it never waits in the kernel
     */
    record Pace(long ratePerSecond, boolean spins) {
        boolean isOpen() {
            return ratePerSecond > 0;
        }
    }

    /** A part of a turn. */
    private interface Step {
        void run(long nowNs) throws IOException;
    }

    private final Pace pace;
    private final List<Wire> wires;
    private final Selector selector = Selector.open();
    private final Histogram latencies = new Histogram(LoadOptions.HIGHEST_NS, 3);
    private final Consumer<SelectionKey> onReady = this::onReady;
    private boolean isMeasured;
    private boolean isSending = true;

    WireLoop(Pace pace, List<Wire> wires) throws IOException {
        this.pace = pace;
        this.wires = wires;
        for (Wire wire : wires) {
            wire.channel().register(selector, SelectionKey.OP_READ, wire);
        }
    }

    /** Of the answers that came in the measured time. */
    Histogram latencies() {
        return latencies;
    }

    void run(long warmUpNs, long measuredNs)
            throws IOException, InterruptedException, ExecutionException {
        long startedNs = System.nanoTime();
        long measureNs = startedNs + warmUpNs;
        long endNs = measureNs + measuredNs;
        Sender sender = new Sender(pace.ratePerSecond(), wires, startedNs, endNs);
        FutureTask<Void> sending = new FutureTask<>(sender);
        if (pace.isOpen() && !pace.spins()) {
            Thread thread = new Thread(sending, "sender");
            thread.setDaemon(true); // so that it does not outlive what ends this loop early
            thread.start();
            loop(nowNs -> isSending |= !sending.isDone(), measureNs, endNs);
            sending.get();
        } else if (pace.isOpen()) {
            loop(sender::send, measureNs, endNs);
        } else {
            for (Wire wire : wires) {
                wire.sendNow(wire.room());
            }
            loop(nowNs -> {}, measureNs, endNs);
        }
    }

    private void loop(Step step, long measureNs, long endNs) throws IOException {
        boolean isOver = false;
        while (!isOver) {
            receive();
            long nowNs = System.nanoTime();
            isMeasured = nowNs - measureNs >= 0 && nowNs - endNs < 0;
            isSending = nowNs - endNs < 0;
            step.run(nowNs);
            isOver = !isSending && wires.stream().allMatch(Wire::isIdle);
        }
    }

    private void receive() throws IOException {
        try {
            select();
        } catch (UncheckedIOException e) {
            throw e.getCause(); // of onReady
        }
    }

    private void select() throws IOException {
        if (pace.spins() && wires.size() == 1) {
            receive(wires.get(0));
        } else if (pace.spins()) {
            selector.selectNow(onReady);
        } else {
            selector.select(onReady, SELECT_MS);
        }
    }

    private void onReady(SelectionKey key) {
        try {
            if (key.attachment() instanceof Wire wire) {
                receive(wire);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void receive(Wire wire) throws IOException {
        int count = wire.read(this::record);
        if (isMeasured) {
            wire.count(count);
        }
        if (count > 0 && isSending && !pace.isOpen()) {
            wire.sendNow(wire.room());
        }
    }

    private void record(long latencyNs) {
        if (isMeasured) {
            latencies.recordValue(Math.min(latencyNs, LoadOptions.HIGHEST_NS));
        }
    }

    /** Connections stay open. */
    @Override
    public void close() throws IOException {
        selector.close();
    }
}
