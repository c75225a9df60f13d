package io.melin.sample.exchange.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The thread of some of the connections: one selector, and nothing else that it waits for. */
final class LoadLoop implements Runnable {
    private static final int READ_BYTES = 1 << 17;

    /** How often it looks after connections that nothing was heard of. */
    static final long SWEEP_NS = 20_000_000;

    private final LoadPlan plan;
    private final Phases phases;
    private final Tally tally = new Tally();
    private final Selector selector;
    private final List<Client> clients = new ArrayList<>();
    private final ByteBuffer shared = ByteBuffer.allocateDirect(READ_BYTES);
    private final Consumer<SelectionKey> onReady = this::onReady;
    private long nextSweepNs;
    private long progress;
    private long progressNs;

    /**
     * @param index of the loop, from 0 to below the plan's threads
     */
    LoadLoop(LoadPlan plan, Phases phases, int index) throws IOException {
        this.plan = plan;
        this.phases = phases;
        selector = Selector.open();
        InetSocketAddress address =
                new InetSocketAddress(plan.target().host(), plan.target().port());
        for (int i = index; i < plan.shape().connections(); i += plan.threads()) {
            ClientParts parts = new ClientParts(plan, i, phases, tally);
            clients.add(new Client(parts, client -> new Link(selector, address, client)));
        }
    }

    Tally tally() {
        return tally;
    }

    @Override
    public void run() {
        try (selector) {
            long nowNs = System.nanoTime();
            progressNs = nowNs;
            for (Client client : clients) {
                client.open(nowNs);
            }
            boolean isOver = false;
            while (!isOver) {
                selector.select(onReady, waitMs(System.nanoTime()));
                isOver = sweep(System.nanoTime());
                tally.publish();
            }
        } catch (IOException | RuntimeException e) {
            tally.fault("the client failed: " + e);
            phases.abort();
        } finally {
            long nowNs = System.nanoTime();
            clients.forEach(client -> client.finish(nowNs));
            tally.publish();
        }
    }

    private void onReady(SelectionKey key) {
        if (key.attachment() instanceof Client client) {
            client.onReady(shared);
        }
    }

    /** In a closed loop only answers set off requests; in an open loop time does. */
    private boolean sweep(long nowNs) {
        boolean isTimed = plan.shape().isOpenLoop() && phases.isStarted();
        if (!isTimed && nowNs - nextSweepNs < 0) {
            return false;
        }
        nextSweepNs = nowNs + SWEEP_NS;
        for (Client client : clients) {
            client.step(nowNs);
        }
        if (phases.isStarted() && nowNs - phases.startNs() < 0) {
            nextSweepNs = phases.startNs();
        }
        return isOver(nowNs);
    }

    private long waitMs(long nowNs) {
        if (plan.shape().isOpenLoop() && phases.isStarted()) {
            return 1;
        }
        return Math.max(1, (nextSweepNs - nowNs) / 1_000_000);
    }

    /** Every client is through, or nothing has been answered for too long after the last launch. */
    private boolean isOver(long nowNs) {
        long answered = 0;
        boolean areOver = true;
        for (Client client : clients) {
            areOver &= client.isOver();
            answered += client.progress();
        }
        if (areOver || phases.isAborted()) {
            return true;
        }
        if (answered != progress) {
            progress = answered;
            progressNs = nowNs;
        }
        return isStale(nowNs);
    }

    private boolean isStale(long nowNs) {
        boolean isSilent = nowNs - progressNs > phases.timing().timeoutNs();
        if (!isSilent || phases.isStarted() && nowNs - phases.launchEndNs() < 0) {
            return false;
        }
        if (!phases.isStarted() && !isWaiting()) {
            tally.fault("no answer during the set-up");
            phases.abort();
        }
        return phases.isStarted() || phases.isAborted();
    }

    private boolean isWaiting() {
        return clients.stream().allMatch(Client::isWaiting);
    }
}
