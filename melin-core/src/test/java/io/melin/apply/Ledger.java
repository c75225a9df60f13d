package io.melin.apply;

import io.melin.app.Application;
import io.melin.app.EventContext;
import io.melin.app.EventRejected;
import io.melin.app.Reports;
import io.melin.app.SnapshotReader;
import io.melin.app.SnapshotWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A sum that must not fall below zero, with a digest over everything that the ledger was ever told.
 */
final class Ledger implements Application<Posting, Line> {
    final List<Long> ticks = new ArrayList<>();
    private final Line line = new Line();
    private final boolean recordsTicks;
    private long total;
    private long digest;
    private long lastTickNs;

    Ledger() {
        this(true);
    }

    Ledger(boolean recordsTicks) {
        this.recordsTicks = recordsTicks;
    }

    long total() {
        return total;
    }

    @Override
    public void apply(Posting event, EventContext context, Reports<Line> reports) {
        switch (event.action) {
            case Posting.ADD -> add(event, context, reports);
            case Posting.THROW -> throw new IllegalStateException("bug in the ledger");
            case Posting.REJECT_AFTER_REPORT -> {
                reports.add(line.set(0, 0));
                throw new EventRejected("too late");
            }
            case Posting.SWALLOW_BROKEN_REPORT -> swallow(reports);
            case Posting.REJECT_OUT_OF_A_BROKEN_REPORT -> {
                swallow(reports);
                throw new EventRejected("all is well");
            }
            default -> throw new IllegalStateException("unknown action: " + event.action);
        }
    }

    private void add(Posting event, EventContext context, Reports<Line> reports) {
        if (total + event.amount < 0) {
            throw new EventRejected("overdrawn: total=" + total + ", amount=" + event.amount);
        }
        total += event.amount;
        mix(context.sequence());
        mix(context.timeNs());
        mix(context.client());
        mix(event.amount);
        mix(event.codecVersion);
        for (int i = 0; i < event.reports; i++) {
            reports.add(line.set(total + i, i % 5));
        }
    }

    private void swallow(Reports<Line> reports) {
        try {
            reports.add(line.set(0, -1));
        } catch (IllegalArgumentException e) {
            mix(0);
        }
    }

    @Override
    public void tick(EventContext context, Reports<Line> reports) {
        if (context.timeNs() <= lastTickNs) {
            throw new IllegalStateException("time stood still");
        }
        lastTickNs = context.timeNs();
        mix(context.sequence());
        mix(context.timeNs());
        mix(context.client());
        if (recordsTicks) {
            ticks.add(context.timeNs());
        }
        reports.add(line.set(context.timeNs(), 0));
    }

    private void mix(long value) {
        digest = digest * 0x9E3779B97F4A7C15L + value + 1;
    }

    @Override
    public Ledger fresh() {
        return new Ledger(recordsTicks);
    }

    @Override
    public void snapshot(SnapshotWriter out) throws IOException {
        out.writeLong(total);
        out.writeLong(digest);
        out.writeLong(lastTickNs);
    }

    @Override
    public void restore(SnapshotReader in, int version) throws IOException {
        total = in.readLong();
        digest = in.readLong();
        lastTickNs = in.readLong();
    }

    @Override
    public long digest() {
        return digest;
    }
}
