package io.melin.bench.counter;

import io.melin.app.Application;
import io.melin.app.EventContext;
import io.melin.app.Reports;
import io.melin.app.SnapshotReader;
import io.melin.app.SnapshotWriter;
import io.melin.apply.DedupLimits;
import io.melin.apply.EventApplier;
import io.melin.journaled.JournaledApplication;
import java.io.IOException;

/** The least that an application can do: it adds the first number of each event. */
public final class Counter implements Application<Number, Number> {
    private final SlowSave save;
    private final Number report = new Number(Long.BYTES);
    private long total;

    public Counter() {
        this(SlowSave.NONE);
    }

    Counter(SlowSave save) {
        this.save = save;
    }

    /** With its codecs. */
    public static JournaledApplication.Program<Number, Number> program() {
        return program(SlowSave.NONE);
    }

    static JournaledApplication.Program<Number, Number> program(SlowSave save) {
        return new JournaledApplication.Program<>(
                new Counter(save), new NumberCodec(), new NumberCodec());
    }

    /** One as a node has it, before its first event. */
    public static EventApplier<?, ?> applier() {
        EventApplier<?, ?> applier =
                new EventApplier<>(
                        new Counter(new SlowSave(0, false)),
                        new NumberCodec(),
                        new NumberCodec(),
                        DedupLimits.LINEAGE);
        applier.keepReady();
        return applier;
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
