package io.melin.sample.exchange.load;

import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code load}: makes requests of a running exchange, checks every answer and measures. */
@Command(
        name = "load",
        sortOptions = false,
        description = "Loads a running exchange through its client gateway. See docs/load.md.")
public final class LoadCommand implements Callable<Integer> {
    public static final String USAGE =
            "load --host H --port P --connections N --window W [--rate PER_SECOND] [--warmup S]"
                    + " --seconds S [--flow fixed|compat|limit-only] [--json]";

    private static final int FAILED = 1;

    static final int PORT = 7_300;

    private final PrintStream out;
    private final PrintStream err;

    @Mixin private TargetOptions target = new TargetOptions();
    @Mixin private ShapeOptions shape = new ShapeOptions();
    @Mixin private RunOptions options = new RunOptions();
    @Spec private @Nullable CommandSpec spec;

    private LoadCommand(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    /**
     * @param arguments what follows the word {@code load}
     * @return the exit code: 0 good, 1 an answer was missing or wrong, 2 wrong usage
     */
    public static int run(List<String> arguments, PrintStream out, PrintStream err) {
        return execute(new LoadCommand(out, err), arguments, out, err);
    }

    static int execute(Object command, List<String> arguments, PrintStream out, PrintStream err) {
        return new CommandLine(command)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .registerConverter(Flow.class, LoadCommand::flow)
                .setOut(new PrintWriter(out, true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(err, true, StandardCharsets.UTF_8))
                .execute(arguments.toArray(new String[0]));
    }

    private static Flow flow(String word) {
        for (Flow flow : Flow.values()) {
            if (flow.toString().equals(word)) {
                return flow;
            }
        }
        throw new TypeConversionException("not fixed, compat or limit-only: flow=" + word);
    }

    @Override
    public Integer call() throws InterruptedException {
        try (Echo echo = target.needsEchoServer() ? Echo.start(target.host()) : Echo.NONE) {
            Shape wanted = shape.shape();
            LoadPlan plan =
                    new LoadPlan(
                            target.target(echo.port()),
                            wanted,
                            options.timing(),
                            options.threads(wanted.connections()));
            LoadReport report = new LoadRun(plan, err).run(options.hdr());
            report.complaints().forEach(complaint -> err.println("load: " + complaint));
            out.println(options.isJson() ? report.json() : report.text());
            return report.exitCode();
        } catch (UsageException e) {
            throw new ParameterException(
                    Objects.requireNonNull(spec).commandLine(), e.getMessage(), e);
        } catch (IOException e) {
            err.println("load: failed: " + e);
            return FAILED;
        }
    }
}
