package io.melin.bench.run;

import io.melin.bench.chronicle.ChronicleAppender;
import io.melin.bench.counter.CounterCaller;
import io.melin.bench.counter.CounterDoor;
import io.melin.bench.part.Forked;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One process that is its own load.
 *
 * @param options of its JVM
 * @param main its main class
 * @param arguments of it, after the directory
 */
record LocalSubject(String name, List<String> options, Class<?> main, List<String> arguments)
        implements Subject {
    private static final List<String> CHRONICLE_OPTIONS =
            List.of(
                    "-Dchronicle.analytics.disable=true",
                    "--add-exports=java.base/jdk.internal.ref=ALL-UNNAMED",
                    "--add-exports=java.base/sun.nio.ch=ALL-UNNAMED",
                    "--add-exports=jdk.unsupported/sun.misc=ALL-UNNAMED",
                    "--add-exports=jdk.compiler/com.sun.tools.javac.file=ALL-UNNAMED",
                    "--add-opens=jdk.compiler/com.sun.tools.javac=ALL-UNNAMED",
                    "--add-opens=java.base/java.lang=ALL-UNNAMED",
                    "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED",
                    "--add-opens=java.base/java.io=ALL-UNNAMED",
                    "--add-opens=java.base/java.util=ALL-UNNAMED");

    /** A node that is called through its operations. */
    static LocalSubject counter(String name, String... arguments) {
        return new LocalSubject(
                "melin in process, policy disk, " + name,
                List.of(),
                CounterCaller.class,
                List.of(arguments));
    }

    /** A pipeline whose load is one of its doors. */
    static LocalSubject door() {
        return new LocalSubject(
                "melin in process, policy disk, own door", List.of(), CounterDoor.class, List.of());
    }

    static LocalSubject chronicle() {
        return new LocalSubject(
                "chronicle, a sync each window",
                CHRONICLE_OPTIONS,
                ChronicleAppender.class,
                List.of());
    }

    @Override
    public void run(Path directory, List<String> load, Path figures)
            throws IOException, InterruptedException {
        List<String> all = new ArrayList<>();
        all.add(directory.resolve("data").toString());
        all.addAll(arguments);
        all.addAll(List.of("--hdr", figures.toString()));
        all.addAll(load);
        try (Forked process = Forked.start(options, main, all)) {
            process.join(Round.CASE_MAX);
        }
    }
}
