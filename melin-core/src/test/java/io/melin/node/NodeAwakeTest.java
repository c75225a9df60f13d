package io.melin.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.melin.app.EventId;
import io.melin.pipeline.StageConfig;
import io.melin.stage.CpuLatencyRequest;
import io.melin.stage.CpuLatencyRequest.State;
import io.melin.testing.CounterApplication;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the kernel holds of a node's wish that no core sleeps. */
class NodeAwakeTest {
    @TempDir Path directory;

    @Test
    void keepsTheCoresAwakeFromStartToEnd() throws IOException {
        assumeTrue(
                isDeviceOurs(), "SKIPPED: this process may not write " + CpuLatencyRequest.DEVICE);
        assumeTrue(microseconds() > 0, "SKIPPED: somebody else keeps the cores awake");
        try (MelinNode<Long, Long> node = node(true)) {
            assertThat(microseconds()).as("before the start").isPositive();
            node.start();
            node.operations().submitAndWait(1L, EventId.none(), Duration.ofSeconds(20));

            assertThat(microseconds()).as("while it runs").isZero();
            assertThat(state(node)).isEqualTo(State.GRANTED);
        }
        assertThat(microseconds()).as("after its end").isPositive();
    }

    @Test
    void servesWhetherOrNotItIsGranted() {
        try (MelinNode<Long, Long> node = node(true)) {
            node.start();
            node.operations().submitAndWait(1L, EventId.none(), Duration.ofSeconds(20));

            assertThat(state(node)).isEqualTo(isDeviceOurs() ? State.GRANTED : State.REFUSED);
        }
    }

    @Test
    void letsThemSleepUnlessItIsTold() {
        try (MelinNode<Long, Long> node = node(false)) {
            node.start();

            assertThat(state(node)).isEqualTo(State.NONE);
        }
    }

    /** Tried, since a container may refuse what the file's mode permits. */
    private static boolean isDeviceOurs() {
        try (CpuLatencyRequest request = new CpuLatencyRequest(CpuLatencyRequest.DEVICE)) {
            return request.begin() == State.GRANTED;
        }
    }

    private static State state(MelinNode<Long, Long> node) {
        return Objects.requireNonNull(node.status().run()).cpuLatency();
    }

    /** The least that anybody in this system wishes for, as the kernel says. */
    private static int microseconds() throws IOException {
        try (InputStream device = Files.newInputStream(CpuLatencyRequest.DEVICE)) {
            byte[] bytes = device.readNBytes(Integer.BYTES);
            return ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder()).getInt();
        }
    }

    private MelinNode<Long, Long> node(boolean keepsAwake) {
        return MelinNode.create(
                new CounterApplication(),
                CounterApplication.CODEC,
                CounterApplication.CODEC,
                MelinConfig.of(directory.resolve("journal"))
                        .withStages(StageConfig.DEFAULT.withKeepsAwake(keepsAwake)));
    }
}
