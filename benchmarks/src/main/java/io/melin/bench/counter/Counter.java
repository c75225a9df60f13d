package io.melin.bench.counter;

import io.melin.app.Application;
import io.melin.app.EventContext;
import io.melin.app.Reports;
import io.melin.app.SnapshotReader;
import io.melin.app.SnapshotWriter;
import java.io.IOException;

/** The least that an application can do: it adds the first number of each event. */
final class Counter implements Application<Number, Number> {
    private final SlowSave save;
    private final Number report = new Number(Long.BYTES);
    private long total;

    Counter(SlowSave save) {
        this.save = save;
    }

    @Override
    public void apply(Number event, EventContext context, Reports<Number> reports) {
        total += event.value;
        report.value = total;
        reports.add(report);
    }

    @Override
    public Application<Number, Number> fresh() {
        return new Counter(save);
    }

    @Override
    public void snapshot(SnapshotWriter out) throws IOException {
        out.writeLong(total);
        save.write(out);
    }

    @Override
    public void restore(SnapshotReader in, int version) throws IOException {
        total = in.readLong();
        save.read(in);
    }
}
