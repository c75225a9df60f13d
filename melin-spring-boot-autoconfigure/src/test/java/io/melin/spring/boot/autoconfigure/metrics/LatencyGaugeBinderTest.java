package io.melin.spring.boot.autoconfigure.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.melin.time.TimeSource;
import io.melin.trace.LatencyCounts;
import io.melin.trace.StageTag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LatencyGaugeBinderTest {
    private static final long SECOND_NS = 1_000_000_000L;

    private final LatencyCounts counts = new LatencyCounts();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private long nowNs;

    private void bind() {
        TimeSource time =
                new TimeSource() {
                    @Override
                    public long epochNs() {
                        return nowNs;
                    }

                    @Override
                    public long tickerNs() {
                        return nowNs;
                    }
                };
        new LatencyGaugeBinder(
                        List.of(
                                new LatencyView(
                                        MelinMeter.STAGE_LATENCY, StageTag.DISK, counts::snapshot)),
                        time,
                        "p")
                .bindTo(registry);
    }

    private double quantile(String quantile) {
        return registry.get("melin.stage.latency.quantile")
                .tags("pipeline", "p", "stage", "disk", "quantile", quantile)
                .timeGauge()
                .value(TimeUnit.NANOSECONDS);
    }

    @Test
    void givesNumberAndTotal() {
        bind();
        counts.record(1_000);
        counts.record(2_000);

        var timer = registry.get("melin.stage.latency").tag("stage", "disk").functionTimer();
        assertThat(timer.count()).isEqualTo(2);
        assertThat(timer.totalTime(TimeUnit.NANOSECONDS)).isEqualTo(3_000);
    }

    @Test
    void givesQuantilesOfTheLastMinutesOnly() {
        bind();
        counts.record(1_000_000);
        nowNs += 2 * SECOND_NS;
        assertThat(quantile("1")).isBetween(1_000_000.0, 1_100_000.0);

        nowNs += 70 * SECOND_NS;
        assertThat(quantile("1")).isBetween(1_000_000.0, 1_100_000.0);
        counts.record(5_000);
        nowNs += 70 * SECOND_NS;
        assertThat(quantile("1")).isBetween(5_000.0, 5_500.0);
        nowNs += 70 * SECOND_NS;
        quantile("1");
        nowNs += 70 * SECOND_NS;

        assertThat(quantile("1")).isZero();
    }

    @Test
    void looksBackToTheLastReadingWhenThatIsLongAgo() {
        bind();
        counts.record(1_000);
        nowNs += 300 * SECOND_NS;
        quantile("0.5");
        counts.record(9_000);
        nowNs += 300 * SECOND_NS;

        assertThat(quantile("0.5")).isBetween(9_000.0, 9_900.0);
    }
}
