package io.melin.test;

import io.melin.app.EventContext;
import io.melin.app.Reports;
import io.melin.journaled.JournaledApplication.Program;
import java.time.Duration;

/** The ledger of a long life: one report for each number, however large. */
final class PlainLedger extends LedgerApplication {
    private static final Duration TICKS = Duration.ofMillis(5);

    private PlainLedger() {
        super(TICKS);
    }

    static Program<Long, Long> program() {
        return new Program<>(new PlainLedger(), CODEC, CODEC);
    }

    @Override
    public PlainLedger fresh() {
        return new PlainLedger();
    }

    @Override
    public void apply(Long event, EventContext context, Reports<Long> reports) {
        values.add(event);
        reports.add(context.sequence());
    }
}
