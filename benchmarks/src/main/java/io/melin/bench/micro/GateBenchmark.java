package io.melin.bench.micro;

import io.melin.durability.Gate;
import io.melin.durability.GatePositions;
import io.melin.durability.Policy;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** How far answers may leave, in a cluster of three that takes in one event after the other. */
@State(Scope.Thread)
public class GateBenchmark {
    private static final int NODES = 3;

    @Param({"disk", "disk+ram", "two-disks", "persisted>=2 && in_memory>=3"})
    private String policy = "disk";

    private final Gate gate = new Gate();
    private final GatePositions positions = new GatePositions(NODES);
    private Policy parsed = Policy.DISK;
    private long sequence = 1_000;

    @Setup
    public void parse() {
        parsed = Policy.parse(policy);
        if (evaluate() <= 0 || gate.isDegraded()) {
            throw new AssertionError("three nodes do not meet it: policy=" + policy);
        }
    }

    /** The second node is ahead of the third in memory, and behind it on disk. */
    @Benchmark
    public long evaluate() {
        sequence++;
        positions.clear();
        positions.add(sequence, sequence - 64);
        positions.add(sequence - 16, sequence - 96);
        positions.add(sequence - 32, sequence - 80);
        return gate.evaluate(parsed, positions);
    }
}
