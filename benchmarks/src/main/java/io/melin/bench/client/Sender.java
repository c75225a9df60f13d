package io.melin.bench.client;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends each request of an open loop when it is due, over all connections in turn; what is late
 * keeps its time. Threading: one, which need not be the one that reads the answers.
 */
final class Sender implements Callable<Void> {
    private static final long NS = 1_000_000_000L;

    /** What is due within such a time leaves together. */
    private static final long SLOT_NS = 50_000;

    private final double perNs;
    private final List<Wire> wires;
    private final long startedNs;
    private final long endNs;
    private long scheduled;

    /**
     * @param ratePerSecond over all connections
     * @param startedNs when the first is due, by {@link System#nanoTime}
     */
    Sender(long ratePerSecond, List<Wire> wires, long startedNs, long endNs) {
        this.perNs = (double) ratePerSecond / NS;
        this.wires = wires;
        this.startedNs = startedNs;
        this.endNs = endNs;
    }

    /** Until the end, on a thread of its own. */
    @Override
    public Void call() throws IOException {
        TimerSlack.least();
        for (long nowNs = startedNs; nowNs - endNs < 0; nowNs = System.nanoTime()) {
            send(nowNs);
            LockSupport.parkNanos(SLOT_NS);
        }
        return null;
    }

    /** What is due by now, unless the end has come. */
    void send(long nowNs) throws IOException {
        if (nowNs - endNs >= 0) {
            return;
        }
        long dueCount = (long) ((nowNs - startedNs) * perNs);
        Wire next = next();
        while (scheduled < dueCount && next.room() > 0) {
            next.add(startedNs + (long) (scheduled++ / perNs));
            next = next();
        }
        for (Wire wire : wires) {
            wire.flush();
        }
    }

    private Wire next() {
        return wires.get((int) (scheduled % wires.size()));
    }
}
