package io.melin.bench.run;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a JVM wrote of its collector and its safepoints, within a span of time.
 *
 * @param cycles of the collector, each counted once however many pauses it has
 * @param safepoints how many of any length
 * @param longest those that took longer than asked for
 */
record PauseLog(int cycles, int safepoints, List<Pause> longest) {

    /**
     * Option that makes the lines that are read here.
     *
     * @param file without blanks
     */
    static String option(String file) {
        return "-Xlog:gc*=info,safepoint=info:file=" + file + ":timemillis,tags:filecount=0";
    }

    private static final Pattern LINE = Pattern.compile("\\[(\\d+)ms]\\[(\\S+)\\s*] (.*)");
    private static final Pattern CYCLE = Pattern.compile("GC\\((\\d+)\\).*");
    private static final Pattern SAFEPOINT =
            Pattern.compile("Safepoint \"([^\"]+)\".*\\bTotal: *(\\d+) ns.*");

    /**
     * @param cause the operation that needed the safepoint
     * @param ns from the request for it until the threads ran again
     */
    record Pause(String cause, long ns) {}

    /**
     * @param fromMs of the wall clock, inclusive
     * @param toMs exclusive
     */
    static PauseLog read(List<String> lines, long fromMs, long toMs, long longNs) {
        Set<String> cycles = new HashSet<>();
        List<Pause> longest = new ArrayList<>();
        int safepoints = 0;
        for (String text : lines) {
            Matcher line = LINE.matcher(text);
            if (!line.matches() || !isWithin(Long.parseLong(group(line, 1)), fromMs, toMs)) {
                continue;
            }
            Matcher cycle = CYCLE.matcher(group(line, 3));
            Matcher safepoint = SAFEPOINT.matcher(group(line, 3));
            if (group(line, 2).startsWith("gc") && cycle.matches()) {
                cycles.add(group(cycle, 1));
            } else if (group(line, 2).equals("safepoint") && safepoint.matches()) {
                safepoints++;
                Pause pause = new Pause(group(safepoint, 1), Long.parseLong(group(safepoint, 2)));
                if (pause.ns() > longNs) {
                    longest.add(pause);
                }
            }
        }
        return new PauseLog(cycles.size(), safepoints, longest);
    }

    private static String group(Matcher matched, int group) {
        return Objects.requireNonNull(matched.group(group));
    }

    private static boolean isWithin(long ms, long fromMs, long toMs) {
        return ms >= fromMs && ms < toMs;
    }
}
