package io.melin.bench.run;

import io.melin.bench.micro.GateBenchmark;
import io.melin.bench.part.Forked;
import java.io.IOException;
import java.util.Collection;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The hot parts by themselves, by JMH; each benchmark in JVMs of its own. */
@CommandLine.Command(
        name = "micro",
        description = "What each hot part takes for one event: nanoseconds, bytes of heap.")
final class MicroCommand implements Callable<Integer> {
    private static final String ALLOCATED = "gc.alloc.rate.norm";
    private static final String HEAD =
            """
            | benchmark | ns/op | error | B/op |
            |---|---:|---:|---:|
            """;

    @Option(names = "--forks", description = "JVMs for each, default ${DEFAULT-VALUE}")
    private int forks = 2;

    @Option(names = "--warm-up", description = "seconds of each JVM, default ${DEFAULT-VALUE}")
    private int warmUpSeconds = 3;

    @Option(
            names = "--iterations",
            description = "of a second, that are measured, default ${DEFAULT-VALUE}")
    private int iterations = 5;

    @Option(names = "--only", description = "a regular expression, found in Class.method")
    private String only = ".*";

    @Mixin private Output output = new Output();

    @Override
    public Integer call() throws IOException, RunnerException {
        StringBuilder report = new StringBuilder(HEAD);
        for (RunResult result : new Runner(options()).run()) {
            report.append(row(result));
        }
        output.print("micro", report.toString());
        return 0;
    }

    private Options options() throws IOException {
        return new OptionsBuilder()
                .include(only)
                .mode(Mode.AverageTime)
                .timeUnit(TimeUnit.NANOSECONDS)
                .forks(forks)
                .jvmArgs(Forked.JVM.toArray(String[]::new))
                .warmupIterations(warmUpSeconds)
                .warmupTime(TimeValue.seconds(1))
                .measurementIterations(iterations)
                .measurementTime(TimeValue.seconds(1))
                .addProfiler(GCProfiler.class)
                .shouldFailOnError(true)
                .resultFormat(ResultFormatType.JSON)
                .result(output.directory().resolve("micro.json").toString())
                .build();
    }

    private static String row(RunResult result) {
        Result<?> time = result.getPrimaryResult();
        Result<?> allocated =
                Objects.requireNonNull(result.getSecondaryResults().get(ALLOCATED), ALLOCATED);
        double error = time.getScoreError();
        return String.format(
                Locale.ROOT,
                "| %s | %.1f | %s | %.2f |%n",
                name(result.getParams()),
                time.getScore(),
                Double.isNaN(error) ? "-" : String.format(Locale.ROOT, "%.1f", error),
                allocated.getScore());
    }

    private static String name(BenchmarkParams params) {
        String packageName = GateBenchmark.class.getPackageName() + ".";
        StringBuilder name = new StringBuilder(params.getBenchmark().replace(packageName, ""));
        Collection<String> keys = params.getParamsKeys();
        keys.forEach(key -> name.append(", ").append(key + "=" + params.getParam(key)));
        return name.toString();
    }
}
