package io.melin.bench.run;

import io.melin.bench.part.Forked;
import io.melin.bench.part.Samples;
import io.melin.bench.preparer.PacedWrites;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;

/**
 * Whether the hot path notices that the next segment is made beside it, or that none was. On the
 * spot it also cuts the archive, which the thread of the preparer does otherwise.
 */
@CommandLine.Command(
        name = "preparer",
        description = "Writes of 4 KiB each millisecond: no rotation, prepared, on the spot.")
final class PreparerCommand implements Callable<Integer> {
    private static final String HEAD =
            """
            | case | rotations, prepared | on the spot |
            |---|---:|---:|
            """;

    /** At 4 MB a second it is full every two seconds, and for half of one its successor is made. */
    private static final List<String> SMALL = List.of("--segment-bytes", "" + (8 << 20));

    @Mixin private RunOptions run = new RunOptions();

    private final Map<String, long[]> rotations = new LinkedHashMap<>();

    @Override
    public Integer call() throws IOException, InterruptedException {
        Report report = new Report();
        List<String> prepared = new ArrayList<>(SMALL);
        prepared.add("--preparer");
        for (int i = 1; i <= run.rounds; i++) {
            report.add(one("no rotation", List.of(), i));
            report.add(one("prepared", prepared, i));
            report.add(one("on the spot", SMALL, i));
        }
        StringBuilder counts = new StringBuilder(HEAD);
        rotations.forEach((name, count) ->
                counts.append("| %s | %d | %d |%n".formatted(name, count[0], count[1])));
        run.print("preparer", report.table() + "\n" + counts);
        return 0;
    }

    private Samples one(String name, List<String> options, int round)
            throws IOException, InterruptedException {
        Path file = run.figures("preparer-" + name.replace(' ', '-') + "-" + round);
        List<String> arguments = new ArrayList<>();
        arguments.add(run.emptyWork().resolve("journal").toString());
        arguments.addAll(options);
        arguments.addAll(run.times());
        arguments.addAll(List.of("--hdr", file.toString()));
        try (Forked process = Forked.start(PacedWrites.class, arguments)) {
            String[] words = process.await("ROTATIONS").split(" ");
            process.join(Round.CASE_MAX);
            long[] sum = rotations.computeIfAbsent(name, key -> new long[2]);
            sum[0] += Long.parseLong(words[0]);
            sum[1] += Long.parseLong(words[1]);
            Samples samples = Samples.read(file).get(0);
            return new Samples(name, samples.perSecond(), samples.latencies());
        } finally {
            run.emptyWork();
        }
    }
}
