package io.melin.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.melin.app.EventId;
import io.melin.pipeline.StageConfig;
import io.melin.pipeline.TraceConfig;
import io.melin.stage.Layout;
import io.melin.testing.CounterApplication;
import io.melin.trace.LatencyTrace;
import io.melin.trace.StageTag;
import io.melin.trace.TraceRecord;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a live node traces adds up: E1 of {@code Spans}. */
class NodeTraceTest {
    private static final int EVENTS = 256;

    @TempDir Path directory;

    @ParameterizedTest
    @EnumSource(
            value = Layout.class,
            names = {"DEDICATED", "SHARED", "COMPACT"})
    void tracedStagesAddUpToTheEndToEndTimeOfTheSameEvents(Layout layout) {
        Map<String, Integer> cores = layout == Layout.DEDICATED ? Map.of("disk", 0) : Map.of();
        MelinConfig config =
                MelinConfig.of(directory.resolve("journal"))
                        .withStages(new StageConfig(layout, cores))
                        .withTrace(new TraceConfig(4, EVENTS, 8));
        try (MelinNode<Long, Long> node =
                MelinNode.create(
                        new CounterApplication(),
                        CounterApplication.CODEC,
                        CounterApplication.CODEC,
                        config)) {
            node.start();
            for (long i = 1; i <= EVENTS; i++) {
                node.operations().submitAndWait(i, EventId.of(1, i), Duration.ofSeconds(20));
            }
            LatencyTrace trace = node.meters().pipeline().latency();
            List<TraceRecord> records = trace.log().last();

            assertThat(records).hasSize(EVENTS / 4).allMatch(record -> record.sequence() % 4 == 0);
            assertThat(trace.discarded()).isZero();
            long sumNs = 0;
            for (TraceRecord record : records) {
                long serial =
                        record.spanNs(StageTag.JOURNAL).orElseThrow()
                                + record.spanNs(StageTag.DISK).orElseThrow();
                long application = record.spanNs(StageTag.APPLICATION).orElseThrow();
                long spans =
                        record.spanNs(StageTag.INGRESS).orElseThrow()
                                + Math.max(serial, application)
                                + record.spanNs(StageTag.RESPONSE).orElseThrow();
                assertThat(spans).as("spans of " + record).isEqualTo(record.endToEndNs());
                sumNs += record.endToEndNs();
            }
            assertThat(trace.endToEnd().total()).as("every event is counted").isEqualTo(EVENTS);
            assertThat(trace.endToEnd().sumNs()).isGreaterThan(sumNs);
        }
    }
}
