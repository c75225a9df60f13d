package io.melin.sample.exchange.tools;

import io.melin.apply.StatePosition;
import io.melin.inspect.Inspector;
import io.melin.journal.JournalConfig;
import io.melin.journal.JournalException;
import io.melin.journaled.AuditBeyondEndException;
import io.melin.journaled.AuditTarget;
import io.melin.journaled.AuditedState;
import io.melin.journaled.JournaledApplication;
import io.melin.journaled.JournaledApplication.Program;
import io.melin.sample.exchange.engine.ExchangeApplication;
import io.melin.sample.exchange.wire.ExchangeEvent;
import io.melin.sample.exchange.wire.ExchangeEventCodec;
import io.melin.sample.exchange.wire.ExchangeReport;
import io.melin.sample.exchange.wire.ExchangeReportCodec;
import io.melin.snapshot.SnapshotException;
import io.melin.storage.ReadOnlyStorage;
import java.io.IOException;
import java.io.PrintStream;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code audit}: rebuilds the state of an earlier moment and prints its digest. */
@Command(
        name = "audit",
        sortOptions = false,
        description = "Rebuilds an earlier state, changes nothing. See docs/tools.md.")
public final class AuditCommand implements Callable<Integer> {
    public static final String USAGE =
            "audit DIR --to-sequence N | --to-time ISO [--from-first] [--json] [--name NAME]";

    private static final long NS_PER_SECOND = 1_000_000_000;

    private final PrintStream out;
    private final PrintStream err;

    @Mixin private JournalOptions options = new JournalOptions();

    @ArgGroup(multiplicity = "1")
    private Moment moment = new Moment();

    @Option(names = "--from-first", description = "use no snapshot")
    private boolean fromFirst;

    /** One of both. */
    static final class Moment {
        @Option(names = "--to-sequence", paramLabel = "N", description = "0: before the first")
        private @Nullable Long sequence;

        @Option(
                names = "--to-time",
                paramLabel = "ISO",
                description = "journaled time, as 2026-03-01T09:30:00.000000001Z")
        private @Nullable String time;
    }

    private AuditCommand(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    /**
     * @param arguments what follows the word {@code audit}
     * @return the exit code: 0 rebuilt, 1 damage, or the journal does not reach that far, 2 wrong
     *     usage
     */
    public static int run(List<String> arguments, PrintStream out, PrintStream err) {
        return JournalOptions.execute(new AuditCommand(out, err), arguments, out, err);
    }

    @Override
    public Integer call() {
        Inspector.Config place = options.config();
        AuditTarget target = target();
        try {
            print(audit(place, fromFirst ? target.fromFirst() : target));
            return JournalOptions.GOOD;
        } catch (IllegalStateException e) {
            throw options.noJournal();
        } catch (AuditBeyondEndException | JournalException | SnapshotException | IOException e) {
            err.println("audit: failed: " + e.getMessage());
            return JournalOptions.DAMAGED;
        }
    }

    private AuditTarget target() {
        try {
            return moment.sequence != null
                    ? AuditTarget.sequence(moment.sequence)
                    : AuditTarget.time(epochNs(Instant.parse(String.valueOf(moment.time))));
        } catch (DateTimeException | ArithmeticException | IllegalArgumentException e) {
            throw options.usage(String.valueOf(e.getMessage()));
        }
    }

    private static long epochNs(Instant instant) {
        return Math.addExact(
                Math.multiplyExact(instant.getEpochSecond(), NS_PER_SECOND), instant.getNano());
    }

    private AuditedState<ExchangeEvent, ExchangeReport> audit(
            Inspector.Config place, AuditTarget target) throws IOException {
        Program<ExchangeEvent, ExchangeReport> program =
                new Program<>(
                        new ExchangeApplication(),
                        new ExchangeEventCodec(),
                        new ExchangeReportCodec());
        JournalConfig config = JournalConfig.of(place.directory(), 1, 1).withName(place.journal());
        return JournaledApplication.audit(program, config, ReadOnlyStorage.INSTANCE, target);
    }

    private void print(AuditedState<ExchangeEvent, ExchangeReport> state) {
        StatePosition position = state.applier().position();
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("sequence", position.sequence());
        json.put("timeNs", position.timeNs());
        json.put("time", Instant.ofEpochSecond(0, position.timeNs()).toString());
        json.put("epoch", position.epoch());
        json.put("digest", state.digest().toString());
        json.put("afterSequence", state.afterSequence());
        json.put("entries", state.entries());
        if (options.isJson()) {
            out.println(JsonText.of(json));
        } else {
            json.forEach((name, value) -> out.println(name + "=" + value));
        }
    }
}
