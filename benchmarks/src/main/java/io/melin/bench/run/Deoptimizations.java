package io.melin.bench.run;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedThread;
import jdk.jfr.consumer.RecordingFile;
import org.jspecify.annotations.Nullable;

/** How often threads of a node left compiled code that had guessed wrong, by the recorder. */
final class Deoptimizations {
    private static final String EVENT = "jdk.Deoptimization";
    private static final String THREADS = "melin-";

    private Deoptimizations() {}

    /**
     * Option that makes the recording; the JVM writes it when it is asked to end.
     *
     * @param file without blanks and commas
     */
    static String option(Path file) {
        return "-XX:StartFlightRecording=dumponexit=true,filename=" + file.toAbsolutePath();
    }

    /** Those of the threads of a node at {@code from} or later. */
    static long count(Path file, Instant from) throws IOException {
        return RecordingFile.readAllEvents(file).stream()
                .filter(event -> event.getEventType().getName().equals(EVENT))
                .filter(event -> isCounted(event, from))
                .count();
    }

    private static boolean isCounted(RecordedEvent event, Instant from) {
        RecordedThread thread = event.getThread();
        return isCounted(thread == null ? null : thread.getJavaName(), event.getStartTime(), from);
    }

    static boolean isCounted(@Nullable String thread, Instant at, Instant from) {
        return thread != null && thread.startsWith(THREADS) && !at.isBefore(from);
    }
}
