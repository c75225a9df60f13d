package io.melin.bench.run;

import io.melin.bench.run.BootSubject.Start;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What a node adds to the start and the memory of a Spring Boot application, alternating. */
@CommandLine.Command(
        name = "startup",
        description = "From process start to ready, and memory, with and without a node.")
final class StartupCommand implements Callable<Integer> {
    private static final double OVER_MAX_MS = 1_000;
    private static final double RESIDENT_MAX_MIB = 400;
    private static final String HEAD =
            """
            | application | rounds | ready ms | over bare ms | resident MiB | |
            |---|---:|---:|---:|---:|---|
            """;

    @Mixin private RunOptions run = new RunOptions();

    @Option(names = "--jar", description = "an executable jar with a node, measured as well")
    private @Nullable Path jar;

    @Override
    public Integer call() throws Exception {
        List<BootSubject> subjects = new ArrayList<>();
        subjects.add(BootSubject.bare());
        subjects.add(BootSubject.node());
        subjects.add(BootSubject.nodeWithGateway());
        if (jar != null) {
            subjects.add(BootSubject.jar(jar));
        }
        Map<String, List<Start>> starts = new LinkedHashMap<>();
        for (int i = 0; i <= run.rounds; i++) {
            for (BootSubject subject : subjects) {
                Start start = subject.start(run.emptyWork(), run.log(subject.name()));
                if (i > 0) { // the first start reads the jars from the disk
                    starts.computeIfAbsent(subject.name(), name -> new ArrayList<>()).add(start);
                }
            }
        }
        run.emptyWork();
        run.print("startup", table(starts));
        return 0;
    }

    private static String table(Map<String, List<Start>> starts) {
        List<Start> bare = starts.getOrDefault("bare", List.of());
        StringBuilder out = new StringBuilder(HEAD);
        starts.forEach((name, all) -> {
            List<Double> over = new ArrayList<>();
            for (int i = 0; i < all.size(); i++) {
                over.add(all.get(i).readyMs() - bare.get(i).readyMs());
            }
            out.append(
                    String.format(
                            "| %s | %d | %s | %s | %s | %s |%n",
                            name,
                            all.size(),
                            Report.spread(all, Start::readyMs, "%,.0f"),
                            Report.spread(over, Double::doubleValue, "%,.0f"),
                            Report.spread(all, Start::residentMiB, "%,.0f"),
                            name.equals("bare") ? "" : verdict(all, over)));
        });
        return out.append("\nBars: at most 1,000 ms over bare; less than 400 MiB resident.\n")
                .toString();
    }

    private static String verdict(List<Start> all, List<Double> over) {
        double[] overMs = over.stream().mapToDouble(Double::doubleValue).toArray();
        double[] residentMiB = all.stream().mapToDouble(Start::residentMiB).toArray();
        boolean holds =
                Report.median(overMs) <= OVER_MAX_MS
                        && Report.median(residentMiB) < RESIDENT_MAX_MIB;
        return holds ? "holds" : "missed";
    }
}
