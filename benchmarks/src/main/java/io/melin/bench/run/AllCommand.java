package io.melin.bench.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Spec;

/** All that there is to measure, one part after the other, each in a directory of its own. */
@CommandLine.Command(
        name = "all",
        description = "Every other command, one after the other, into one report. Takes hours.")
final class AllCommand implements Callable<Integer> {
    private static final String OUT = "--out";

    /** Options given here are those of all parts. */
    @Mixin private RunOptions run = new RunOptions();

    @Spec private @Nullable CommandSpec spec;

    /**
     * One command.
     *
     * @param name of its directory and its report
     * @param isTimed whether it takes the options that are given here
     */
    record Part(String name, List<String> command, boolean isTimed) {
        private Part(String name) {
            this(name, List.of(name), true);
        }
    }

    /** In the order in which they run. */
    static List<Part> parts() {
        List<Part> parts = new ArrayList<>();
        for (Suite suite : Suite.values()) {
            List<String> command = List.of("compare", "--suite", suite.name());
            parts.add(new Part(Output.fileName(suite.toString()), command, true));
        }
        List.of("open", "snapshots", "recovery", "restart", "first-seconds", "startup")
                .forEach(name -> parts.add(new Part(name)));
        List.of("pauses", "meters", "preparer").forEach(name -> parts.add(new Part(name)));
        parts.add(new Part("micro", List.of("micro"), false));
        return parts;
    }

    @Override
    public Integer call() throws IOException {
        StringBuilder report = new StringBuilder();
        int failed = 0;
        for (Part part : parts()) {
            Path directory = run.directory().resolve(part.name());
            int exit = execute(part, directory);
            failed += exit == 0 ? 0 : 1;
            report.append("## ").append(part.name()).append("\n\n");
            report.append(exit == 0 ? text(part, directory) : "Failed: see its output.\n");
            report.append('\n');
        }
        run.print("all", report.toString());
        return failed == 0 ? 0 : 1;
    }

    private int execute(Part part, Path directory) {
        List<String> all = new ArrayList<>(part.command());
        if (part.isTimed()) {
            all.addAll(given());
        }
        all.addAll(List.of(OUT, directory.toString()));
        return Bench.line().execute(all.toArray(String[]::new));
    }

    /** Only what was given: some parts have other defaults than the rest. */
    private List<String> given() {
        List<String> given = new ArrayList<>();
        CommandLine line = Objects.requireNonNull(spec).commandLine();
        for (OptionSpec option : line.getParseResult().matchedOptions()) {
            if (!option.longestName().equals(OUT)) {
                given.add(option.longestName());
                given.addAll(option.arity().max() == 0 ? List.of() : option.originalStringValues());
            }
        }
        return given;
    }

    /** Of a part's report, whose links start from its own directory. */
    private static String text(Part part, Path directory) throws IOException {
        return Files.readString(directory.resolve(part.name() + ".md"))
                .replace("](", "](" + part.name() + "/");
    }
}
