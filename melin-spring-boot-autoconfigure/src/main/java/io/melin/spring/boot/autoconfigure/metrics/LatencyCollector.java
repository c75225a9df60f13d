package io.melin.spring.boot.autoconfigure.metrics;

import io.melin.trace.LatencyBuckets;
import io.melin.trace.LatencySnapshot;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricFamilyDescriptor;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.NativeHistogramBuckets;
import io.prometheus.metrics.model.snapshots.Unit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.DisposableBean;

/**
 * Publishes the stages' own latency counts as Prometheus histograms: classic buckets in text,
 * native ones of schema 3 in protobuf, both from one copy.
 *
 * <p>H1: a native bucket is exactly one of ours. H2: a classic edge counts what surely lies at or
 * below it: values in the bucket that it cuts, at most 9.06 % wide, count above it. H3: the number
 * of values is the sum of the buckets, so no rate is ever negative.
 *
 * <p>Meter filters do not reach a collector: the tags of {@code management.metrics.tags} are added
 * here.
 */
public final class LatencyCollector implements MultiCollector, DisposableBean {
    private static final double NS_PER_SECOND = 1e9;

    private final List<LatencyView> views;
    private final PrometheusRegistry registry;
    private final Labels common;
    private final long[] edgesNs;

    /**
     * @param common labels of every series
     * @param edges of the classic buckets, in any order
     */
    LatencyCollector(
            List<LatencyView> views,
            PrometheusRegistry registry,
            Map<String, String> common,
            List<Duration> edges) {
        this.views = List.copyOf(views);
        this.registry = registry;
        this.common = labels(common);
        this.edgesNs = edges.stream().mapToLong(Duration::toNanos).distinct().sorted().toArray();
        registry.register(this);
    }

    private static Labels labels(Map<String, String> tags) {
        Labels labels = Labels.EMPTY;
        for (Map.Entry<String, String> tag : tags.entrySet()) {
            labels = labels.add(tag.getKey().replace('.', '_'), tag.getValue());
        }
        return labels;
    }

    @Override
    public MetricSnapshots collect() {
        return new MetricSnapshots(
                collect(MelinMeter.RESPONSE_LATENCY), collect(MelinMeter.STAGE_LATENCY));
    }

    private MetricSnapshot collect(MelinMeter meter) {
        HistogramSnapshot.Builder histogram =
                HistogramSnapshot.builder()
                        .name(meter.prometheusName())
                        .help(meter.meaning())
                        .unit(Unit.SECONDS);
        for (LatencyView view : views) {
            if (view.meter() == meter) {
                histogram.dataPoint(dataPoint(view));
            }
        }
        return histogram.build();
    }

    private HistogramDataPointSnapshot dataPoint(LatencyView view) {
        LatencySnapshot counts = view.counts().get();
        return HistogramDataPointSnapshot.builder()
                .labels(common.merge(labels(view.tags())))
                .classicHistogramBuckets(classic(counts))
                .nativeSchema(LatencyBuckets.SCHEMA)
                .nativeBucketsForPositiveValues(natives(counts))
                .sum(counts.sumNs() / NS_PER_SECOND)
                .build();
    }

    private ClassicHistogramBuckets classic(LatencySnapshot counts) {
        ClassicHistogramBuckets.Builder buckets = ClassicHistogramBuckets.builder();
        long below = 0;
        for (long edgeNs : edgesNs) {
            long atMost = counts.countAtMost(edgeNs);
            buckets.bucket(edgeNs / NS_PER_SECOND, atMost - below);
            below = atMost;
        }
        return buckets.bucket(Double.POSITIVE_INFINITY, counts.total() - below).build();
    }

    private static NativeHistogramBuckets natives(LatencySnapshot counts) {
        NativeHistogramBuckets.Builder buckets = NativeHistogramBuckets.builder();
        for (int index = 0; index < LatencyBuckets.COUNT; index++) {
            if (counts.count(index) > 0) {
                buckets.bucket(LatencyBuckets.schemaIndex(index), counts.count(index));
            }
        }
        return buckets.build();
    }

    /** Lets the registry refuse a second meter of the same name. */
    @Override
    public List<MetricFamilyDescriptor> getMetricFamilyDescriptors() {
        return List.of(
                descriptor(MelinMeter.RESPONSE_LATENCY), descriptor(MelinMeter.STAGE_LATENCY));
    }

    private MetricFamilyDescriptor descriptor(MelinMeter meter) {
        List<String> labels = new ArrayList<>(meter.tags());
        common.forEach(label -> labels.add(label.getName()));
        return MetricFamilyDescriptor.histogram(meter.prometheusName())
                .help(meter.meaning())
                .unit(Unit.SECONDS)
                .labelNames(labels)
                .build();
    }

    /** The registry may live on in another context. */
    @Override
    public void destroy() {
        registry.unregister(this);
    }
}
