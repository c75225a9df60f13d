package io.melin.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.melin.app.EventId;
import io.melin.app.MelinRefusedException;
import io.melin.app.Refusal;
import io.melin.health.NodeState;
import io.melin.node.MelinConfig;
import io.melin.node.MelinNode;
import io.melin.node.NodePorts;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Real volumes that are really full: events are refused above a floor, the node stops for good
 * without one, and nothing answered is lost; see docs/nightly.md.
 */
@ExtendWith(QuietNodes.class)
@Timeout(300)
class FullVolumeNightly {
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(20);

    @TempDir Path scratch;

    private long answered;
    private long sent;

    /** What is done on a volume. */
    private interface OnVolume {
        void on(Path root) throws Exception;
    }

    @ParameterizedTest
    @ValueSource(strings = {"tmpfs", "ext4", "xfs"})
    void refusesEventsBelowTheFloorAndTakesThemAgainWithoutARestart(String type) throws Exception {
        volume(type, this::refuseAndTakeAgain);
    }

    private void refuseAndTakeAgain(Path root) throws Exception {
        MelinConfig config = config(root, 1 << 20);
        try (MelinNode<Long, Long> node = node(config)) {
            node.start();
            submit(node, 200);
            Path other = fill(root, 1 << 19);
            awaitRefusal(node);
            for (int i = 0; i < 200; i++) {
                assertThat(refusal(node)).isEqualTo(Refusal.NO_SPACE);
            }
            assertThat(values(node)).as("queries are answered").hasSize((int) answered);
            assertThat(node.state().state()).isEqualTo(NodeState.SERVING);

            Files.delete(other);

            long startedNs = System.nanoTime();
            while (refusal(node) != null) {
                assertThat(System.nanoTime() - startedNs).isLessThan(PATIENCE_NS);
                TimeUnit.MILLISECONDS.sleep(10);
            }
            submit(node, 200);
            assertThat(node.state().state()).isEqualTo(NodeState.SERVING);
        }
        new RecoveredLedger(config.journal()).check(answered, answered);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tmpfs", "ext4", "xfs"})
    void stopsForGoodWhereAWriteFindsNoSpaceAndKeepsWhatWasAnswered(String type) throws Exception {
        volume(type, this::failAndRecover);
    }

    private void failAndRecover(Path root) throws Exception {
        MelinConfig config = config(root, 0);
        Path other;
        try (MelinNode<Long, Long> node = node(config)) {
            node.start();
            submit(node, 200);
            other = fill(root, 0);
            awaitFailure(node);
            assertThat(node.state().state()).isEqualTo(NodeState.FAILED);
            assertThat(String.valueOf(node.state().current().cause()))
                    .contains("No space left on device");
        }
        long there = answered;
        Files.delete(other);
        System.out.println("FullVolumeNightly: answered=" + there + ", sent=" + sent);
        new RecoveredLedger(config.journal()).check(there, sent);
    }

    private void volume(String type, OnVolume test) throws Exception {
        if (type.equals("tmpfs")) {
            Tools.requireMounts(scratch);
            Path root = Files.createDirectory(scratch.resolve("tmpfs"));
            Tools.run("mount", "-t", "tmpfs", "-o", "size=24m", "none", root.toString());
            try {
                test.on(root);
            } finally {
                Tools.run("umount", root.toString());
            }
        } else {
            try (LoopDisks disks = LoopDisks.open(scratch)) {
                test.on(disks.format(type, type.equals("xfs") ? "320M" : "24M").root());
            }
        }
    }

    private static MelinConfig config(Path root, long freeBytesMin) {
        MelinConfig config = RotatingWriter.config(root.resolve("journal"));
        return config.withJournal(config.journal().withFreeBytesMin(freeBytesMin));
    }

    private static MelinNode<Long, Long> node(MelinConfig config) {
        return MelinNode.create(PlainLedger.program(), config, NodePorts.system());
    }

    private void submit(MelinNode<Long, Long> node, int count) {
        for (int i = 0; i < count; i++) {
            assertThat(refusal(node)).isNull();
        }
    }

    /** Sends the next number, again if it was refused; why it was, or null once it is answered. */
    private @Nullable Refusal refusal(MelinNode<Long, Long> node) {
        long value = answered + 1;
        sent = value;
        try {
            node.operations().submit(value, EventId.of(1, value)).join();
            answered = value;
            return null;
        } catch (CompletionException e) {
            if (e.getCause() instanceof MelinRefusedException refused) {
                return refused.refusal();
            }
            throw e;
        }
    }

    private void awaitRefusal(MelinNode<Long, Long> node) {
        long startedNs = System.nanoTime();
        while (refusal(node) == null) {
            assertThat(System.nanoTime() - startedNs).as("ns").isLessThan(PATIENCE_NS);
        }
    }

    private void awaitFailure(MelinNode<Long, Long> node) {
        long startedNs = System.nanoTime();
        try {
            while (refusal(node) == null) {
                assertThat(System.nanoTime() - startedNs).as("ns").isLessThan(PATIENCE_NS);
            }
        } catch (CompletionException unknownOutcome) {
            // Whether the last one is there is open.
        }
        while (node.state().state() != NodeState.FAILED) {
            assertThat(System.nanoTime() - startedNs).as("ns").isLessThan(PATIENCE_NS);
            Thread.onSpinWait();
        }
    }

    private static List<Long> values(MelinNode<Long, Long> node) {
        return node.operations()
                .query(PlainLedger.class, (ledger, live) -> ledger.state().values())
                .join();
    }

    /** Somebody else's file takes all but some bytes, or whatever there is. */
    private static Path fill(Path root, long leftBytes) throws IOException {
        Path file = root.resolve("other");
        byte[] block = new byte[4096];
        try (OutputStream out = Files.newOutputStream(file)) {
            while (leftBytes == 0 || root.toFile().getUsableSpace() > leftBytes) {
                out.write(block);
            }
        } catch (IOException full) {
            assertThat(leftBytes).as(full.getMessage()).isZero();
        }
        return file;
    }
}
