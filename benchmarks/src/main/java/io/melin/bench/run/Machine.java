package io.melin.bench.run;

import io.melin.bench.part.Forked;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;

/** What a figure is worth nothing without. */
final class Machine {
    private static final String UNKNOWN = "unknown";
    private static final Path CPUS = Path.of("/proc/cpuinfo");
    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'");

    private Machine() {}

    /**
     * @param work a directory on the disk that is measured
     * @return a list in Markdown
     */
    static String describe(Path work) throws IOException {
        Files.createDirectories(work);
        FileStore store = Files.getFileStore(work);
        return """
        * %s
        * %d cores, %s
        * %s %s, %s on %s
        * %s
        * commit %s
        """
                .formatted(
                        ZonedDateTime.now(ZoneOffset.UTC).format(MINUTE),
                        Runtime.getRuntime().availableProcessors(),
                        cpu(),
                        System.getProperty("os.name"),
                        System.getProperty("os.version"),
                        store.type(),
                        store.name(),
                        said(1, Forked.java(), "-version"),
                        said(0, "git", "describe", "--always", "--dirty"));
    }

    private static String cpu() throws IOException {
        if (!Files.isReadable(CPUS)) {
            return UNKNOWN;
        }
        return Files.readAllLines(CPUS).stream()
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.substring(line.indexOf(':') + 1).trim())
                .findFirst()
                .orElse(UNKNOWN);
    }

    /** One line of what a program says, whether as a result or as an error. */
    private static String said(int line, String... command) throws IOException {
        Process process;
        try {
            process = new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException e) {
            return UNKNOWN; // there is no such program
        }
        byte[] bytes = process.getInputStream().readAllBytes();
        List<String> lines = new String(bytes, StandardCharsets.UTF_8).lines().toList();
        return process.onExit().join().exitValue() == 0 && lines.size() > line
                ? lines.get(line)
                : UNKNOWN;
    }
}
