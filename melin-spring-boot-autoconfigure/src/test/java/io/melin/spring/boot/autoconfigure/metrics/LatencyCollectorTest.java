package io.melin.spring.boot.autoconfigure.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.melin.trace.LatencyBuckets;
import io.melin.trace.LatencyCounts;
import io.melin.trace.StageTag;
import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.NativeHistogramBucket;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LatencyCollectorTest {
    private static final List<Duration> EDGES =
            List.of(Duration.ofMillis(1), Duration.ofNanos(100_000), Duration.ofMillis(1));

    private final LatencyCounts counts = new LatencyCounts();
    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final LatencyCollector collector =
            new LatencyCollector(
                    List.of(
                            new LatencyView(MelinMeter.RESPONSE_LATENCY, null, counts::snapshot),
                            new LatencyView(
                                    MelinMeter.STAGE_LATENCY, StageTag.DISK, counts::snapshot)),
                    registry,
                    Map.of("pipeline", "p"),
                    EDGES);

    private HistogramDataPointSnapshot response() {
        return registry.scrape().stream()
                .filter(snapshot -> snapshot.getMetadata().getName().contains("response"))
                .map(HistogramSnapshot.class::cast)
                .findFirst()
                .orElseThrow()
                .getDataPoints()
                .get(0);
    }

    private String text() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrometheusTextFormatWriter.create()
                .write(out, registry.scrape(), EscapingScheme.UNDERSCORE_ESCAPING);
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void printsClassicBucketsInText() throws IOException {
        counts.record(50_000);
        counts.record(99_000);
        counts.record(500_000);
        counts.record(3_000_000_000L);

        assertThat(text())
                .contains(
                        "# HELP melin_response_latency_seconds Time from",
                        "# TYPE melin_response_latency_seconds histogram",
                        "melin_response_latency_seconds_bucket{pipeline=\"p\",le=\"0.001\"} 3",
                        "melin_response_latency_seconds_bucket{pipeline=\"p\",le=\"+Inf\"} 4",
                        "melin_response_latency_seconds_count{pipeline=\"p\"} 4",
                        "melin_stage_latency_seconds_count{pipeline=\"p\",stage=\"disk\"} 4");
    }

    /** In schema 3 the upper edge of bucket i is 2 to the power of i / 8, in seconds. */
    @Test
    void putsAValueIntoItsNativeBucketOfSchemaThree() {
        counts.record(1_000_000_000);
        counts.record(2_000_000_000);
        counts.record(2_000_000_001);

        assertThat(response().getNativeSchema()).isEqualTo(3);
        assertThat(response().getNativeBucketsForPositiveValues().stream())
                .filteredOn(bucket -> bucket.getCount() > 0)
                .extracting(NativeHistogramBucket::getBucketIndex)
                .containsExactly(0, 8, 9);
    }

    /** H1 and H3, for random values. Repro: fix the seed. */
    @Test
    void agreesWithItsCountsBucketByBucket() {
        long seed = System.nanoTime();
        System.out.println("LatencyCollectorTest.agreesWithItsCounts seed=" + seed);
        Random random = new Random(seed);
        long sumNs = 0;
        long[] byBucket = new long[LatencyBuckets.COUNT];
        for (int value = 0; value < 10_000; value++) {
            long ns = 1 + (long) Math.exp(random.nextDouble() * 25);
            counts.record(ns);
            sumNs += ns;
            byBucket[LatencyBuckets.index(ns)]++;
        }

        HistogramDataPointSnapshot point = response();

        long total = 0;
        for (NativeHistogramBucket bucket : point.getNativeBucketsForPositiveValues()) {
            int index = bucket.getBucketIndex() - LatencyBuckets.SCHEMA_INDEX_MIN;
            assertThat(bucket.getCount()).isEqualTo(byBucket[index]);
            total += bucket.getCount();
        }
        assertThat(total).isEqualTo(10_000);
        assertThat(point.getNativeSchema()).isEqualTo(3);
        assertThat(point.getCount()).isEqualTo(10_000);
        assertThat(point.getSum()).isEqualTo(sumNs / 1e9);
        assertThat(point.getClassicBuckets().size()).isEqualTo(3);
        assertThat(
                        point.getClassicBuckets().getCount(0)
                                + point.getClassicBuckets().getCount(1)
                                + point.getClassicBuckets().getCount(2))
                .isEqualTo(10_000);
    }

    /** H2. */
    @Test
    void neverCountsAValueBelowAnEdgeThatItExceeds() {
        counts.record(100_001);
        counts.record(1_000_001);

        assertThat(response().getClassicBuckets().getCount(0)).isZero();
        assertThat(response().getClassicBuckets().getCount(1)).isEqualTo(1);
    }

    @Test
    void isEmptyButThereBeforeTheFirstEvent() throws IOException {
        assertThat(text()).contains("melin_response_latency_seconds_count{pipeline=\"p\"} 0");
    }

    @Test
    void refusesASecondOneAndLeavesTheRegistryOnDestroy() throws IOException {
        assertThatThrownBy(() ->
                        new LatencyCollector(List.of(), registry, Map.of("pipeline", "q"), EDGES))
                .isInstanceOf(RuntimeException.class);

        collector.destroy();

        assertThat(text()).doesNotContain("melin_");
        assertThat(new LatencyCollector(List.of(), registry, Map.of("pipeline", "q"), EDGES))
                .isNotNull();
    }
}
