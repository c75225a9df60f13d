package io.melin.bench.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * What all cores did since the machine started, as Linux counts it; proc_stat(5).
 *
 * @param stolen ticks in which a core had work and the host of this virtual machine ran another's
 * @param all ticks
 */
record HostTime(long stolen, long all) {
    private static final Path STAT = Path.of("/proc/stat");

    /** After the name: user, nice, system, idle, iowait, irq, softirq, steal; user has guests. */
    private static final int KINDS = 8;

    static HostTime now() throws IOException {
        return of(Files.readAllLines(STAT));
    }

    /**
     * @throws IOException if the lines do not begin with that of all cores
     */
    static HostTime of(List<String> stat) throws IOException {
        String[] words = stat.isEmpty() ? new String[0] : stat.get(0).split(" +");
        if (words.length <= KINDS || !words[0].equals("cpu")) {
            throw new IOException("no line of all cores: " + stat);
        }
        long[] ticks = Arrays.stream(words, 1, KINDS + 1).mapToLong(Long::parseLong).toArray();
        return new HostTime(ticks[KINDS - 1], Arrays.stream(ticks).sum());
    }

    /** Hundredths of the cores' time that the host took since another reading; 0 if none passed. */
    double stolenPercent(HostTime since) {
        long passed = all - since.all;
        return passed == 0 ? 0 : 100.0 * (stolen - since.stolen) / passed;
    }
}
