package io.melin.bench.client;

import io.melin.bench.part.LoadOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.HdrHistogram.Histogram;

/** Sends, reads and measures, all on the thread of {@link #run}. */
final class WireLoop {
    private static final long NS = 1_000_000_000L;

    /** In an open loop what is due within such a time leaves together. */
    private static final long SLOT_NS = 50_000;

    /**
     * When requests are made.
     *
     * @param ratePerSecond over all connections; 0 for a closed loop
     * @param spins whether it never waits in the kernel
     */
    record Pace(long ratePerSecond, boolean spins) {}

    private final Pace pace;
    private final List<Wire> wires;
    private final Selector selector = Selector.open();
    private final Histogram latencies = new Histogram(LoadOptions.HIGHEST_NS, 3);
    private final Consumer<SelectionKey> onReady = this::onReady;
    private boolean isMeasured;
    private boolean isSending = true;
    private long startedNs;
    private long scheduled;

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

    void run(long warmUpNs, long measuredNs) throws IOException {
        startedNs = System.nanoTime();
        long measureNs = startedNs + warmUpNs;
        long endNs = measureNs + measuredNs;
        fill(startedNs);
        boolean isOver = false;
        while (!isOver) {
            long nowNs = turn();
            isMeasured = nowNs - measureNs >= 0 && nowNs - endNs < 0;
            isSending = nowNs - endNs < 0;
            isOver = !isSending && wires.stream().allMatch(Wire::isIdle);
        }
        selector.close();
    }

    private long turn() throws IOException {
        if (pace.spins() && wires.size() == 1) {
            receive(wires.get(0));
        } else if (pace.spins()) {
            selector.selectNow(onReady);
        } else if (pace.ratePerSecond() > 0) {
            LockSupport.parkNanos(SLOT_NS);
            selector.selectNow(onReady);
        } else {
            selector.select(onReady);
        }
        long nowNs = System.nanoTime();
        if (pace.ratePerSecond() > 0 && isSending) {
            fill(nowNs);
        }
        return nowNs;
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
        if (count > 0 && isSending && pace.ratePerSecond() == 0) {
            wire.sendNow(wire.room());
        }
    }

    private void record(long latencyNs) {
        if (isMeasured) {
            latencies.recordValue(Math.min(latencyNs, LoadOptions.HIGHEST_NS));
        }
    }

    /** Closed: every window. Open: what is due by now, from the time when it was due. */
    private void fill(long nowNs) throws IOException {
        if (pace.ratePerSecond() == 0) {
            for (Wire wire : wires) {
                wire.sendNow(wire.room());
            }
            return;
        }
        double perNs = (double) pace.ratePerSecond() / NS;
        long dueCount = (long) ((nowNs - startedNs) * perNs);
        Wire next = wires.get((int) (scheduled % wires.size()));
        while (scheduled < dueCount && next.room() > 0) { // what is late keeps its time
            next.add(startedNs + (long) (scheduled++ / perNs));
            next = wires.get((int) (scheduled % wires.size()));
        }
        for (Wire wire : wires) {
            wire.flush();
        }
    }
}
