package io.melin.spring.boot.autoconfigure;

import io.melin.app.Application;
import io.melin.app.EventContext;
import io.melin.app.Reports;
import io.melin.app.SnapshotReader;
import io.melin.app.SnapshotWriter;
import java.io.IOException;

/** The smallest application: it adds. */
public class Counter implements Application<Counter.Event, Counter.Report> {
    private long total;

    public sealed interface Event {
        record Add(long amount) implements Event {}
    }

    public record Report(long total) {}

    public long total() {
        return total;
    }

    @Override
    public void apply(Event event, EventContext context, Reports<Report> reports) {
        if (event instanceof Event.Add add) {
            total += add.amount();
            reports.add(new Report(total));
        }
    }

    @Override
    public Counter fresh() {
        return new Counter();
    }

    @Override
    public void snapshot(SnapshotWriter out) throws IOException {
        out.writeLong(total);
    }

    @Override
    public void restore(SnapshotReader in, int version) throws IOException {
        total = in.readLong();
    }
}
