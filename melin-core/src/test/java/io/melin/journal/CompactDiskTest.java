package io.melin.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.melin.app.Application;
import io.melin.app.EventContext;
import io.melin.app.EventId;
import io.melin.app.Reports;
import io.melin.app.SnapshotReader;
import io.melin.app.SnapshotWriter;
import io.melin.journaled.JournaledApplication;
import io.melin.node.MelinConfig;
import io.melin.node.MelinNode;
import io.melin.node.NodePorts;
import io.melin.pipeline.StageConfig;
import io.melin.stage.Layout;
import io.melin.testing.CounterApplication;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When the disk begins with an event, and when the application does. */
class CompactDiskTest {
    private final List<String> seen = new CopyOnWriteArrayList<>();
    private final MemoryStorage storage = new MemoryStorage();

    private final class Watched implements Application<Long, Long> {
        @Override
        public void apply(Long event, EventContext context, Reports<Long> reports) {
            seen.add("apply");
            reports.add(event);
        }

        @Override
        public Watched fresh() {
            return new Watched();
        }

        @Override
        public void snapshot(SnapshotWriter out) {
            // it has no state
        }

        @Override
        public void restore(SnapshotReader in, int version) {
            // it has no state
        }
    }

    /** On threads of their own they work at the same time anyway. */
    @ParameterizedTest
    @CsvSource({"COMPACT, true", "SHARED, false"})
    void onOneThreadTheDiskBeginsBeforeTheApplication(Layout layout, boolean begins)
            throws Exception {
        MelinConfig config =
                MelinConfig.of(Path.of("memory")).withStages(new StageConfig(layout, Map.of()));
        NodePorts system = NodePorts.system();
        NodePorts ports =
                new NodePorts(
                        storage,
                        system.time(),
                        system.threads(),
                        system.pinning(),
                        system.transports());
        JournaledApplication.Program<Long, Long> program =
                new JournaledApplication.Program<>(
                        new Watched(), CounterApplication.CODEC, CounterApplication.CODEC);
        try (MelinNode<Long, Long> node = MelinNode.create(program, config, ports)) {
            node.start();
            storage.hook((call, file, offset, bytes) -> {
                if (file.equals(JournalConfig.NAME) && offset != 0 || call.equals("force")) {
                    seen.add(call);
                }
                return bytes;
            });
            node.operations().submit(1L, EventId.none()).get();
            storage.hook((call, file, offset, bytes) -> bytes);
        }
        if (begins) {
            assertThat(seen).startsWith("write", "beginForce", "apply", "force");
        } else {
            assertThat(seen).contains("write", "force", "apply").doesNotContain("beginForce");
        }
    }
}
