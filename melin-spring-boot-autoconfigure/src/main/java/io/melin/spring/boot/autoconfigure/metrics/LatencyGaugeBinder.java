package io.melin.spring.boot.autoconfigure.metrics;

import io.melin.time.TimeSource;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Latencies for registries other than Prometheus: number and total time, and quantiles of the last
 * minutes as gauges with the tag {@code quantile}. Quantiles cannot be added up over nodes.
 */
final class LatencyGaugeBinder implements MeterBinder {
    static final String QUANTILE = "quantile";
    static final List<String> QUANTILES = List.of("0.5", "0.99", "0.999", "1");

    private static final double PERCENT = 100;

    private final List<LatencyView> views;
    private final TimeSource time;
    private final Tags common;
    // A registry holds what it reads weakly.
    private final List<Object> held = new ArrayList<>();

    LatencyGaugeBinder(List<LatencyView> views, TimeSource time, String pipeline) {
        this.views = List.copyOf(views);
        this.time = time;
        this.common = Tags.of(MelinMeter.PIPELINE, pipeline);
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        views.forEach(view -> bind(view, registry));
    }

    private void bind(LatencyView view, MeterRegistry registry) {
        Tags tags = common;
        for (String key : view.tags().keySet()) {
            tags = tags.and(key, String.valueOf(view.tags().get(key)));
        }
        String name = view.meter().meterName();
        FunctionTimer.builder(
                        name,
                        view,
                        series -> series.counts().get().total(),
                        series -> series.counts().get().sumNs(),
                        TimeUnit.NANOSECONDS)
                .tags(tags)
                .description(view.meter().meaning())
                .register(registry);
        RecentLatency recent = new RecentLatency(view.counts(), time);
        hold(recent);
        for (String quantile : QUANTILES) {
            double percent = Double.parseDouble(quantile) * PERCENT;
            TimeGauge.builder(
                            name + ".quantile",
                            recent,
                            TimeUnit.NANOSECONDS,
                            series -> series.percentileNs(percent))
                    .tags(tags.and(QUANTILE, quantile))
                    .description(view.meter().meaning() + ", of the last minutes")
                    .register(registry);
        }
    }

    private synchronized void hold(Object state) {
        held.add(state);
    }
}
