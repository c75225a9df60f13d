package io.melin.bench.run;

import io.melin.bench.part.Forked;
import io.melin.bench.recovery.Replays;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;

/** How fast a start replays small events, and whether its memory grows with the journal. */
@CommandLine.Command(
        name = "recovery",
        description = "Replays of journals of 1, 10 and 40 million small events.")
final class RecoveryCommand implements Callable<Integer> {
    private static final int[] MILLIONS = {1, 10, 40};
    private static final List<String> IDS = List.of("none", "numbered");
    private static final List<String> SMALL_HEAP = List.of("-Xms64m", "-Xmx64m");
    private static final String HEAD =
            """
            | million events | ids | replays | million a second of a core | of time | live MiB |
            |---:|---|---:|---:|---:|---:|
            """;

    @Mixin private RunOptions run = new RunOptions();

    @Override
    public Integer call() throws IOException {
        StringBuilder report = new StringBuilder(HEAD);
        for (int millions : MILLIONS) {
            for (String ids : IDS) {
                report.append(row(millions, ids));
            }
        }
        run.print("recovery", report.toString());
        return 0;
    }

    private String row(int millions, String ids) throws IOException {
        List<double[]> replays = new ArrayList<>();
        List<String> arguments =
                List.of(
                        run.emptyWork().resolve("journal").toString(),
                        Integer.toString(millions),
                        ids,
                        Integer.toString(run.rounds));
        try (Forked process = Forked.start(SMALL_HEAP, Replays.class, arguments)) {
            for (int i = 0; i < run.rounds; i++) {
                String[] words = process.await("REPLAY").split(" ");
                replays.add(
                        new double[] {
                            Double.parseDouble(words[0]),
                            Double.parseDouble(words[1]),
                            Double.parseDouble(words[2])
                        });
            }
        } finally {
            run.emptyWork();
        }
        return "| %d | %s | %d | %s | %s | %s |%n"
                .formatted(
                        millions,
                        ids,
                        run.rounds,
                        column(replays, 0, "%.1f"),
                        column(replays, 1, "%.1f"),
                        column(replays, 2, "%.0f"));
    }

    private static String column(List<double[]> replays, int column, String format) {
        return Report.spread(replays, replay -> replay[column], format);
    }
}
