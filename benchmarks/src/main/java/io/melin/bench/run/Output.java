package io.melin.bench.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import picocli.CommandLine.Option;

/** Where a command leaves what it found: an option of every command. */
final class Output {
    @Option(names = "--out", description = "directory for the report and its figures")
    private Path out = Path.of("target", "bench");

    Path directory() throws IOException {
        return Files.createDirectories(out);
    }

    static String fileName(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    }

    void print(String name, String report) throws IOException {
        Files.writeString(directory().resolve(fileName(name) + ".md"), report);
        System.out.println(report);
    }
}
