package io.melin.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.melin.app.EventId;
import io.melin.pipeline.StageConfig;
import io.melin.stage.AffinityPinning;
import io.melin.stage.Layout;
import io.melin.stage.LayoutException;
import io.melin.stage.Niceness;
import io.melin.stage.ThreadFacts;
import io.melin.testing.CounterApplication;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the kernel really lets each stage run. */
class NodeAffinityTest {
    private static final Map<String, Integer> CORES =
            Map.of("ingress", 0, "journal", 1, "application", 0, "disk", 1, "response", 0);

    @TempDir Path directory;

    @Test
    void putsEachNamedStageOnItsConfiguredCore() throws IOException {
        Path tasks = Path.of("/proc/self/task");
        assumeTrue(Files.isDirectory(tasks), "SKIPPED: no /proc, the kernel cannot be asked");
        assumeTrue(
                Runtime.getRuntime().availableProcessors() >= 2,
                "SKIPPED: one core leaves nothing to tell apart");
        new AffinityPinning();
        try (MelinNode<Long, Long> node = node(CORES)) {
            node.start();
            node.operations().submitAndWait(1L, EventId.none(), Duration.ofSeconds(20));
            int seen = 0;
            for (ThreadFacts thread : Objects.requireNonNull(node.status().run()).threads()) {
                Integer core = CORES.get(thread.stages().get(0));
                if (core == null) {
                    continue;
                }
                seen++;
                List<String> status = Files.readAllLines(tasks.resolve(thread.tid() + "/status"));
                assertThat(status)
                        .as("affinity of " + thread.name())
                        .contains("Cpus_allowed_list:\t" + core);
                assertThat(thread.coresAllowed()).isEqualTo(core.toString());
                assertThat(thread.pinRefusal()).isNull();
            }
            assertThat(seen).isEqualTo(CORES.size());
        }
    }

    @Test
    void givesTheShadowAndNoOtherThreadTheLowestPriority() {
        assumeTrue(
                Files.isDirectory(Path.of("/proc/self/task")),
                "SKIPPED: no /proc, the kernel cannot be asked");
        try (MelinNode<Long, Long> node = node(CORES)) {
            node.start();
            node.operations().submitAndWait(1L, EventId.none(), Duration.ofSeconds(20));
            int shadows = 0;
            for (ThreadFacts thread : begun(node)) {
                boolean isShadow = thread.stages().contains("shadow");
                assertThat(Niceness.of(thread.tid()))
                        .as("niceness of " + thread.name())
                        .isEqualTo(isShadow ? 19 : Niceness.ofCaller());
                shadows += isShadow ? 1 : 0;
            }
            assertThat(shadows).isEqualTo(1);
        }
    }

    /** All threads, once each took its first step: before that nobody knows its id. */
    private static List<ThreadFacts> begun(MelinNode<Long, Long> node) {
        List<ThreadFacts> threads;
        do {
            Thread.onSpinWait();
            threads = Objects.requireNonNull(node.status().run()).threads();
        } while (threads.stream().anyMatch(thread -> thread.tid() == 0));
        return threads;
    }

    @Test
    void refusesACoreThatDoesNotExist() {
        try (MelinNode<Long, Long> node = node(Map.of("disk", 4_711))) {
            assertThatThrownBy(node::start)
                    .isInstanceOf(LayoutException.class)
                    .hasMessageContaining("stage=disk")
                    .hasMessageContaining("core=4711")
                    .hasMessageContaining("allowed=");
        }
    }

    private MelinNode<Long, Long> node(Map<String, Integer> cores) {
        return MelinNode.create(
                new CounterApplication(),
                CounterApplication.CODEC,
                CounterApplication.CODEC,
                MelinConfig.of(directory.resolve("journal"))
                        .withStages(new StageConfig(Layout.DEDICATED, cores)));
    }
}
