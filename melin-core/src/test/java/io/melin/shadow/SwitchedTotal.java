package io.melin.shadow;

import io.melin.app.Application;
import io.melin.app.EventContext;
import io.melin.app.Reports;
import io.melin.app.SnapshotReader;
import io.melin.app.SnapshotWriter;
import java.io.IOException;

/** A sum whose snapshots and events fail when they are told to. */
final class SwitchedTotal implements Application<Long, Long> {
    static final long POISON = 666;

    private final Switches switches;
    private long total;

    /** What goes wrong, or on meanwhile, in all twins at once. */
    static final class Switches {
        boolean failsToSave;
        boolean failsToApply;
        boolean isOrderly = true;
        Runnable duringSave = () -> {};
    }

    SwitchedTotal(Switches switches) {
        this.switches = switches;
    }

    @Override
    public void apply(Long event, EventContext context, Reports<Long> reports) {
        if (switches.failsToApply && event == POISON) {
            throw new IllegalStateException("poison");
        }
        total += event;
        reports.add(total);
    }

    @Override
    public SwitchedTotal fresh() {
        return new SwitchedTotal(switches);
    }

    @Override
    public void snapshot(SnapshotWriter out) throws IOException {
        if (switches.failsToSave) {
            throw new IOException("no room");
        }
        switches.duringSave.run();
        out.writeLong(total);
    }

    @Override
    public void restore(SnapshotReader in, int version) throws IOException {
        total = in.readLong();
    }
}
