package io.melin.sample.exchange.tools;

import io.melin.inspect.Inspector;
import io.melin.journal.JournalConfig;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** Which journal, and how it is printed; for all commands of this package. */
final class JournalOptions {
    static final int GOOD = 0;
    static final int DAMAGED = 1;

    @Spec(Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "DIR", description = "directory of the journal")
    private Path directory = Path.of("");

    @Option(
            names = "--name",
            defaultValue = JournalConfig.NAME,
            paramLabel = "NAME",
            description = "of the live segment; ${DEFAULT-VALUE}")
    private String name = "";

    @Option(names = "--json", description = "print one JSON object")
    private boolean json;

    static int execute(Object command, List<String> arguments, PrintStream out, PrintStream err) {
        return new CommandLine(command)
                .setOut(new PrintWriter(out, true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(err, true, StandardCharsets.UTF_8))
                .execute(arguments.toArray(new String[0]));
    }

    boolean isJson() {
        return json;
    }

    /** What to look at. Fails: wrong usage, if it is nothing. */
    Inspector.Config config() {
        try {
            return Inspector.Config.of(directory()).withJournal(name);
        } catch (IllegalArgumentException e) {
            throw usage(String.valueOf(e.getMessage()));
        }
    }

    private Path directory() {
        if (!Files.isDirectory(directory)) {
            throw usage("not a directory: DIR=" + directory);
        }
        return directory;
    }

    ParameterException noJournal() {
        return usage("no journal in the directory: DIR=" + directory + ", --name=" + name);
    }

    ParameterException usage(String what) {
        return new ParameterException(spec.commandLine(), what);
    }
}
