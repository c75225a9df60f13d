package io.melin.sample.exchange.load;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.HdrHistogram.Histogram;

/** What came out of a run. */
final class LoadReport {
    private static final int EXIT_GOOD = 0;
    private static final int EXIT_FAILED = 1;

    private final LoadPlan plan;
    private final List<Tally> tallies;
    private final Histogram latencies;

    LoadReport(LoadPlan plan, List<Tally> tallies, Histogram latencies) {
        this.plan = plan;
        this.tallies = tallies;
        this.latencies = latencies;
    }

    long get(Count count) {
        return tallies.stream().mapToLong(tally -> tally.get(count)).sum();
    }

    /** In nanoseconds. */
    long percentile(double percentile) {
        return latencies.getTotalCount() == 0 ? 0 : latencies.getValueAtPercentile(percentile);
    }

    int exitCode() {
        return complaints().isEmpty() ? EXIT_GOOD : EXIT_FAILED;
    }

    /** Why the run does not count; empty if it does. */
    List<String> complaints() {
        List<String> complaints = new ArrayList<>();
        tallies.forEach(tally -> complaints.addAll(tally.faults()));
        complain(complaints, Count.MISSING, "requests were never answered");
        complain(complaints, Count.UNSENT, "requests were due but could not be sent in time");
        if (get(Count.ERRORS) == 0 && get(Count.COMPLETED) == 0) {
            complaints.add("nothing was answered in the measured span");
        }
        if (2 * get(Count.REJECTED) > get(Count.ANSWERED)) {
            complaints.add("more than half was rejected: the load is not what it should be");
        }
        return complaints;
    }

    private void complain(List<String> complaints, Count count, String what) {
        if (get(count) > 0) {
            complaints.add(what + ": count=" + get(count));
        }
    }

    /** The object that the outside contract fixes, and more behind it. */
    String json() {
        return String.format(
                Locale.ROOT,
                "{\"throughputPerSecond\":%.1f,\"sent\":%d,\"answered\":%d,\"rejected\":%d,"
                        + "\"missing\":%d,\"errors\":%d,\"latencyNs\":{\"p50\":%d,\"p90\":%d,"
                        + "\"p99\":%d,\"p999\":%d,\"p9999\":%d,\"max\":%d},"
                        + "\"busy\":%d,\"repeated\":%d,\"reconnects\":%d,\"late\":%d,"
                        + "\"unsent\":%d,\"connections\":%d,\"window\":%d,\"rate\":%.1f,"
                        + "\"flow\":\"%s\",\"target\":\"%s\"}",
                throughput(),
                get(Count.SENT),
                get(Count.ANSWERED),
                get(Count.REJECTED),
                get(Count.MISSING),
                get(Count.ERRORS),
                percentile(50),
                percentile(90),
                percentile(99),
                percentile(99.9),
                percentile(99.99),
                latencies.getMaxValue(),
                get(Count.BUSY),
                get(Count.REPEATED),
                get(Count.RECONNECTS),
                get(Count.LATE),
                get(Count.UNSENT),
                plan.shape().connections(),
                plan.shape().window(),
                plan.shape().rate(),
                plan.shape().flow(),
                plan.target().isEcho() ? "echo" : "exchange");
    }

    /** The same for people. */
    String text() {
        return String.format(
                Locale.ROOT,
                "throughput %.1f/s, connections=%d, window=%d, rate=%s, flow=%s%n"
                        + "sent=%d, answered=%d, rejected=%d, busy=%d, missing=%d, errors=%d,"
                        + " repeated=%d, reconnects=%d, late=%d, unsent=%d%n"
                        + "latency us: p50=%.1f p90=%.1f p99=%.1f p99.9=%.1f p99.99=%.1f max=%.1f",
                throughput(),
                plan.shape().connections(),
                plan.shape().window(),
                plan.shape().isOpenLoop() ? String.valueOf(plan.shape().rate()) : "closed loop",
                plan.shape().flow(),
                get(Count.SENT),
                get(Count.ANSWERED),
                get(Count.REJECTED),
                get(Count.BUSY),
                get(Count.MISSING),
                get(Count.ERRORS),
                get(Count.REPEATED),
                get(Count.RECONNECTS),
                get(Count.LATE),
                get(Count.UNSENT),
                percentile(50) / 1e3,
                percentile(90) / 1e3,
                percentile(99) / 1e3,
                percentile(99.9) / 1e3,
                percentile(99.99) / 1e3,
                latencies.getMaxValue() / 1e3);
    }

    private double throughput() {
        return get(Count.COMPLETED) * 1e9 / plan.timing().measureNs();
    }
}
