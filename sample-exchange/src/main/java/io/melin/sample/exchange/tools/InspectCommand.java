package io.melin.sample.exchange.tools;

import io.melin.inspect.Inspection;
import io.melin.inspect.Inspector;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code inspect} and {@code verify}: all that is in a journal, or only whether it is sound. */
@Command(
        sortOptions = false,
        description = "Reads a journal, changes nothing; a node may run on it. See docs/tools.md.")
public final class InspectCommand implements Callable<Integer> {
    public static final String USAGE = "inspect DIR [--json] [--name NAME]";
    public static final String VERIFY_USAGE = "verify DIR [--json] [--name NAME]";

    private final PrintStream out;
    private final PrintStream err;
    private final boolean isVerdictOnly;

    @Mixin private JournalOptions options = new JournalOptions();

    private InspectCommand(PrintStream out, PrintStream err, boolean isVerdictOnly) {
        this.out = out;
        this.err = err;
        this.isVerdictOnly = isVerdictOnly;
    }

    /**
     * @param arguments what follows the word {@code inspect}
     * @return the exit code: 0 sound, 1 damage, or it cannot be read, 2 wrong usage
     */
    public static int inspect(List<String> arguments, PrintStream out, PrintStream err) {
        return JournalOptions.execute(new InspectCommand(out, err, false), arguments, out, err);
    }

    /**
     * @param arguments what follows the word {@code verify}
     * @return the exit code: 0 sound, 1 damage, or it cannot be read, 2 wrong usage
     */
    public static int verify(List<String> arguments, PrintStream out, PrintStream err) {
        return JournalOptions.execute(new InspectCommand(out, err, true), arguments, out, err);
    }

    @Override
    public Integer call() {
        Inspector inspector = new Inspector(options.config());
        try {
            Inspection found = inspector.run();
            if (found.isEmpty()) {
                throw options.noJournal();
            }
            out.println(options.isJson() ? json(found) : text(found));
            return found.isSound() ? JournalOptions.GOOD : JournalOptions.DAMAGED;
        } catch (IOException e) {
            err.println("failed: " + e);
            return JournalOptions.DAMAGED;
        }
    }

    private String json(Inspection found) {
        InspectionJson json = new InspectionJson(found);
        return JsonText.of(isVerdictOnly ? json.verdict() : json.everything());
    }

    private String text(Inspection found) {
        InspectionText text = new InspectionText(found);
        return isVerdictOnly ? text.verdict() : text.everything();
    }
}
