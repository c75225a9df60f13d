package io.melin.test;

import io.melin.app.Application;
import io.melin.app.EventId;
import io.melin.health.NodeState;
import io.melin.journal.JournalPorts;
import io.melin.journaled.JournaledApplication;
import io.melin.journaled.JournaledApplication.Program;
import io.melin.node.MelinConfig;
import io.melin.shadow.ShadowMode;
import io.melin.shadow.SnapshotConfig;
import io.melin.snapshot.SnapshotFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One random history of a node, whose state is compared after each of its lives. */
final class ReplayHistory<E, R> implements AutoCloseable {
    private static final int LIVES = 4;
    private static final int STEPS = 40;
    private static final int CLIENTS = 3;

    private final Program<E, R> program;
    private final SplittableRandom random;
    private final MelinConfig config;
    private final MelinFixture<E, R> melin;
    private final List<Sent<E>> sent = new ArrayList<>();
    private long requests;

    /** What may be sent again. */
    private record Sent<E>(E event, EventId id) {}

    ReplayHistory(Program<E, R> program, SplittableRandom random, long seed) {
        this.program = program;
        this.random = random;
        this.config =
                MelinFixture.smallConfig()
                        .withSnapshots(
                                new SnapshotConfig(
                                        ShadowMode.ON,
                                        Duration.ofMillis(5),
                                        1 + random.nextInt(30),
                                        1 + random.nextInt(4_000),
                                        2));
        this.melin = MelinFixture.of(program, config, seed);
    }

    void run(Supplier<E> events) throws IOException {
        for (int life = 1; life <= LIVES; life++) {
            for (int step = 0; step < STEPS; step++) {
                act(events);
            }
            melin.run();
            requireServing();
            byte[] live = melin.state();
            melin.snapshotRoundTrip();
            compare(live);
            if (random.nextBoolean()) {
                melin.restart();
            } else {
                melin.crashAndRecover();
            }
            requireEqual("live and after a restart", live, melin.state());
        }
    }

    private void act(Supplier<E> events) {
        switch (random.nextInt(10)) {
            case 0 -> melin.time().setEpochNs(MelinFixture.START_NS + random.nextInt(1 << 25));
            case 1 -> melin.state();
            case 2 -> melin.run();
            case 3 -> melin.advance(Duration.ofNanos(random.nextLong(50_000_000)));
            case 4 -> again(null);
            case 5 -> again(events.get());
            default -> send(new Sent<>(events.get(), id()));
        }
    }

    private EventId id() {
        long request = ++requests;
        return switch (random.nextInt(3)) {
            case 0 -> EventId.none();
            case 1 -> EventId.of("key" + request);
            default -> EventId.of(1 + random.nextInt(CLIENTS), request);
        };
    }

    /** A request that was sent before, or its id for another event. */
    private void again(@Nullable E other) {
        if (!sent.isEmpty()) {
            Sent<E> old = sent.get(random.nextInt(sent.size()));
            send(other == null ? old : new Sent<>(other, old.id()));
        }
    }

    private void send(Sent<E> request) {
        sent.add(request);
        melin.inFlight(request.event(), request.id());
    }

    private void requireServing() {
        if (melin.node().state().state() != NodeState.SERVING) {
            throw new AssertionError(
                    "the application failed: " + melin.node().state().current(),
                    melin.node().state().current().cause());
        }
    }

    /** On copies of the disk, which are as a killed process leaves it. */
    private void compare(byte[] live) throws IOException {
        SimulatedDisk full = copy();
        SimulatedDisk tail = copy();
        try (JournaledApplication<E, R> replayed =
                        JournaledApplication.recover(
                                program, config.journal(), new JournalPorts(full, melin.time()));
                JournaledApplication<E, R> restored =
                        JournaledApplication.open(
                                program, config.journal(), new JournalPorts(tail, melin.time()))) {
            requireEqual("live and replayed from the first entry", live, state(replayed));
            requireEqual("live and from a snapshot", live, state(restored));
            SnapshotFile newest = restored.saveSnapshot(2);
            replayed.saveSnapshot(2);
            requireEqual(
                    "whole snapshots of a replay and from a snapshot",
                    bytes(full, newest),
                    bytes(tail, newest));
        }
    }

    private SimulatedDisk copy() {
        SimulatedDisk copy = new SimulatedDisk(1);
        copy.restore(melin.disk().image());
        return copy;
    }

    private byte[] bytes(SimulatedDisk disk, SnapshotFile file) {
        Path directory = config.journal().directory().toAbsolutePath().normalize();
        return disk.image().bytes(directory.resolve(file.name()));
    }

    private static byte[] state(JournaledApplication<?, ?> of) {
        Application<?, ?> application = of.applier().application();
        return StateBytes.of(application);
    }

    private static void requireEqual(String what, byte[] one, byte[] other) {
        int at = Arrays.mismatch(one, other);
        if (at >= 0) {
            throw new AssertionError(
                    "state differs, "
                            + what
                            + ": first difference at byte "
                            + at
                            + " of its snapshot, lengths "
                            + one.length
                            + " and "
                            + other.length
                            + "; does it use a wall clock, random numbers, the order of a hash,"
                            + " static fields, or a field that the snapshot leaves out?");
        }
    }

    @Override
    public void close() {
        melin.close();
    }
}
