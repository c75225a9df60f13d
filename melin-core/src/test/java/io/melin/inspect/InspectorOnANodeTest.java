package io.melin.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import io.melin.app.EventId;
import io.melin.journal.JournalConfig;
import io.melin.journaled.AuditTarget;
import io.melin.journaled.AuditedState;
import io.melin.journaled.JournaledApplication;
import io.melin.journaled.JournaledApplication.Program;
import io.melin.node.MelinConfig;
import io.melin.node.MelinNode;
import io.melin.shadow.ShadowMode;
import io.melin.shadow.SnapshotConfig;
import io.melin.storage.ReadOnlyStorage;
import io.melin.testing.CounterApplication;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** I3 of {@link Inspector} on real files, beside a node that rotates and saves all the time. */
class InspectorOnANodeTest {
    private static final int LOOKS = 15;
    private static final int WINDOW = 256;

    /** A logger without a strong reference forgets its level. */
    private static final Logger LOG = Logger.getLogger("io.melin");

    @TempDir Path parent;

    private final AtomicBoolean isEnded = new AtomicBoolean();
    private long submitted;

    @BeforeEach
    void beQuiet() {
        LOG.setLevel(Level.OFF);
    }

    @AfterEach
    void speakAgain() {
        LOG.setLevel(null);
    }

    private JournalConfig config() {
        return JournalConfig.of(parent.resolve("journal"), 1, 1)
                .withPrezeroedBytes(16 << 10)
                .withSegmentBytes(64 << 10);
    }

    private MelinNode<Long, Long> node() {
        return MelinNode.create(
                new CounterApplication(),
                CounterApplication.CODEC,
                CounterApplication.CODEC,
                MelinConfig.of(config().directory())
                        .withJournal(config())
                        .withSnapshots(
                                new SnapshotConfig(
                                        ShadowMode.ON,
                                        Duration.ofMillis(30),
                                        1L << 40,
                                        1L << 50,
                                        2)));
    }

    /** Keeps the node busy on a thread of its own. */
    private void submit(MelinNode<Long, Long> node) {
        ArrayDeque<Future<?>> open = new ArrayDeque<>();
        while (!isEnded.get()) {
            submitted++;
            open.add(node.operations().submit(1L, EventId.of(1, submitted)));
            if (open.size() == WINDOW) {
                join(open.remove());
            }
        }
        open.forEach(InspectorOnANodeTest::join);
    }

    private static void join(Future<?> answer) {
        try {
            answer.get();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    @Timeout(120)
    void findsNothingBesideABusyNode() throws Exception {
        Inspector inspector = new Inspector(Inspector.Config.of(config().directory()));
        try (MelinNode<Long, Long> node = node()) {
            node.start();
            Thread client = new Thread(() -> submit(node), "client");
            client.start();
            int rotated = 0;
            for (int look = 1; look <= LOOKS || rotated < 4; look++) {
                Inspection found = inspector.run();
                rotated = found.snapshots().size() < 2 ? 0 : found.segments().size();
                assertThat(found.findings()).as("look " + look).isEmpty();
                assertThat(Objects.requireNonNull(found.recovery()).tail().droppedBytes())
                        .as("look " + look)
                        .isZero();
            }
            isEnded.set(true);
            client.join();
        }

        Inspection found = inspector.run();
        assertThat(found.findings()).isEmpty();
        assertThat(found.segments()).hasSizeGreaterThan(3);
        assertThat(found.snapshots()).hasSizeGreaterThan(1);
        assertThat(found.entries().application()).isEqualTo(submitted);
        System.out.println(
                "InspectorOnANodeTest: entries="
                        + submitted
                        + ", segments="
                        + found.segments().size());
        AuditTarget target = AuditTarget.sequence(found.entries().total());
        assertThat(audit(target).digest()).isEqualTo(audit(target.fromFirst()).digest());
        assertThat(audit(target).afterSequence()).isPositive();
    }

    private AuditedState<Long, Long> audit(AuditTarget target) throws Exception {
        Program<Long, Long> program =
                new Program<>(
                        new CounterApplication(),
                        CounterApplication.CODEC,
                        CounterApplication.CODEC);
        return JournaledApplication.audit(program, config(), ReadOnlyStorage.INSTANCE, target);
    }
}
