package io.melin.bench.recovery;

import io.melin.bench.part.Forked;
import io.melin.event.EventHeader;
import io.melin.event.EventKind;
import io.melin.event.IdScheme;
import io.melin.journal.Journal;
import io.melin.journal.JournalConfig;
import io.melin.journal.JournalPorts;
import io.melin.journaled.JournaledApplication;
import io.melin.storage.FileSystemStorage;
import io.melin.time.SystemTime;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Writes a journal of small events and recovers from it, again and again, in a JVM of its own whose
 * heap is far smaller than the journal. Each replay prints a line: millions of events a second of
 * processor time of the replaying thread, the same of elapsed time, MiB of heap that live after it.
 */
public final class Replays {
    private static final int CLIENTS = 1_000;
    private static final int BATCH = 4_096;
    private static final int PAYLOAD_BYTES = 16;

    private Replays() {}

    /**
     * @param arguments the directory, millions of events, {@code none} or {@code numbered} ids, and
     *     how often
     */
    public static void main(String[] arguments) {
        Forked.endWithParent();
        JournalConfig config = JournalConfig.of(Path.of(arguments[0]), 1, 1);
        boolean isNumbered = arguments[2].equals("numbered");
        write(config, Integer.parseInt(arguments[1]) * 1_000_000, isNumbered);
        for (int run = 0; run < Integer.parseInt(arguments[3]); run++) {
            replay(config);
        }
    }

    private static void write(JournalConfig config, int count, boolean isNumbered) {
        EventHeader header = new EventHeader();
        ByteBuffer payload = ByteBuffer.allocate(PAYLOAD_BYTES);
        try (Journal journal = Journal.open(config, ports(), (entry, bytes, version) -> {})) {
            for (int i = 1; i <= count; i++) {
                header.event(EventKind.APP, i, i);
                if (isNumbered) {
                    header.id(IdScheme.CLIENT_REQUEST, 1 + i % CLIENTS, 1 + i / CLIENTS);
                } else {
                    header.id(IdScheme.NONE, 0, 0);
                }
                payload.clear().putLong(0, i);
                if (!journal.frames().tryAppend(header, payload)) {
                    throw new AssertionError("no room: i=" + i);
                }
                if (i % BATCH == 0 || i == count) {
                    journal.frames().publish();
                    journal.writer().writeAndForce(journal.frames());
                    journal.writer().writeAndForce(journal.frames()); // hashes, frees the frames
                }
            }
        }
    }

    private static void replay(JournalConfig config) {
        long startedNs = System.nanoTime();
        long cpuNs = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        try (JournaledApplication<Total.Value, Total.Value> app =
                JournaledApplication.recover(Total.program(), config, ports())) {
            double tookUs = (System.nanoTime() - startedNs) / 1e3;
            double cpuUs =
                    (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpuNs) / 1e3;
            long entries = app.journal().report().entries();
            System.gc();
            Runtime runtime = Runtime.getRuntime();
            long liveMiB = (runtime.totalMemory() - runtime.freeMemory()) >> 20;
            System.out.printf(
                    Locale.ROOT,
                    "REPLAY %.2f %.2f %d%n",
                    entries / cpuUs,
                    entries / tookUs,
                    liveMiB);
        }
    }

    private static JournalPorts ports() {
        return new JournalPorts(FileSystemStorage.INSTANCE, SystemTime.INSTANCE);
    }
}
