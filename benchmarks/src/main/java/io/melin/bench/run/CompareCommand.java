package io.melin.bench.run;

import io.melin.bench.part.Samples;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The cases of a suite, alternating in rounds. */
@CommandLine.Command(name = "compare", description = "The cases of a suite against each other.")
final class CompareCommand implements Callable<Integer> {
    @Option(names = "--suite", required = true, description = "${COMPLETION-CANDIDATES}")
    private Suite suite = Suite.WINDOWS;

    @Option(names = "--only", description = "a part of the names of cases")
    private String only = "";

    @Mixin private RunOptions run = new RunOptions();

    @Override
    public Integer call() throws Exception {
        Round round = run.round();
        List<Case> cases = suite.cases().stream().filter(one -> one.name().contains(only)).toList();
        Report limits = new Report();
        Report figures = new Report();
        Ratios ratios = new Ratios(suite.pairs());
        for (int i = 1; i <= run.rounds; i++) {
            round.limits(i).forEach(limits::add);
            for (Case one : cases) {
                Samples samples = round.run(one, i);
                figures.add(samples);
                ratios.add(samples);
            }
        }
        String all = String.join("\n", limits.table(), figures.table(), ratios.table());
        run.print(suite.toString(), all);
        return 0;
    }
}
