package io.melin.bench.preparer;

import io.melin.bench.part.Forked;
import io.melin.bench.part.LoadOptions;
import io.melin.event.EventHeader;
import io.melin.event.EventKind;
import io.melin.event.IdScheme;
import io.melin.journal.Journal;
import io.melin.journal.JournalConfig;
import io.melin.journal.JournalPorts;
import io.melin.journal.RotationCounters;
import io.melin.stage.FailStop;
import io.melin.stage.IdleStrategy;
import io.melin.stage.Pinning;
import io.melin.stage.StageRunner;
import io.melin.stage.Threads;
import io.melin.storage.FileSystemStorage;
import io.melin.time.SystemTime;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.HdrHistogram.Histogram;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * A process that writes and syncs 4 KiB of a journal each millisecond, with or without a preparer
 * beside it. A latency is the time of one write and sync, with the rotation behind it if there is
 * one. It prints how many rotations of the measured time had a prepared segment, and how many not.
 */
@CommandLine.Command(name = "paced")
public final class PacedWrites implements Callable<Integer> {
    private static final long INTERVAL_NS = 1_000_000;
    private static final long POLL_NS = 50_000;
    private static final int PAYLOAD_BYTES = 4_000;

    @Parameters(index = "0", description = "an empty directory")
    private Path directory = Path.of("");

    @Option(names = "--segment-bytes", description = "0 for no rotation")
    private long segmentBytes;

    @Option(names = "--preparer", description = "let it run")
    private boolean isPreparing;

    @Mixin private LoadOptions load = new LoadOptions();

    private final EventHeader header = new EventHeader().id(IdScheme.NONE, 0, 0);
    private final ByteBuffer payload = ByteBuffer.allocateDirect(PAYLOAD_BYTES);
    private long sequence;

    public static void main(String[] arguments) {
        Forked.endWithParent();
        Logger.getLogger("io.melin").setLevel(Level.WARNING);
        System.exit(new CommandLine(new PacedWrites()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException {
        JournalConfig config = JournalConfig.of(directory, 1, 1).withSegmentBytes(segmentBytes);
        JournalPorts ports = new JournalPorts(FileSystemStorage.INSTANCE, SystemTime.INSTANCE);
        try (Journal journal = Journal.open(config, ports, (entry, bytes, version) -> {})) {
            StageRunner preparer = runner(journal);
            if (isPreparing) {
                preparer.start();
            }
            measure(journal);
            preparer.stop();
            if (!preparer.joinUninterruptibly(Duration.ofSeconds(30))) {
                throw new IOException("the preparer does not end");
            }
        }
        return 0;
    }

    /** As a pipeline runs it. */
    private static StageRunner runner(Journal journal) {
        return new StageRunner(
                List.of(journal.preparer()),
                new StageRunner.Config(
                        IdleStrategy.backoff(0, 0, 1_000_000_000), StageRunner.ANY_CORE),
                new StageRunner.Ports(
                        Threads.PLATFORM,
                        Pinning.NONE,
                        SystemTime.INSTANCE,
                        new FailStop(),
                        journal.preparer().waiter()));
    }

    private void measure(Journal journal) throws IOException {
        RotationCounters rotations = journal.writer().counters().rotations();
        write(journal, load.warmUpNs());
        long fast = rotations.fast().acquire();
        long fallback = rotations.fallback().acquire();
        Histogram latencies = write(journal, load.measuredNs());
        fast = rotations.fast().acquire() - fast;
        fallback = rotations.fallback().acquire() - fallback;
        load.write("paced", latencies);
        System.out.println("ROTATIONS " + fast + " " + fallback);
    }

    private Histogram write(Journal journal, long spanNs) {
        Histogram latencies = new Histogram(LoadOptions.HIGHEST_NS, 3);
        long startedNs = System.nanoTime();
        for (long dueNs = 0; dueNs < spanNs; dueNs += INTERVAL_NS) {
            while (System.nanoTime() - startedNs < dueNs) {
                LockSupport.parkNanos(POLL_NS);
            }
            long beforeNs = System.nanoTime();
            writeOne(journal);
            latencies.recordValue(System.nanoTime() - beforeNs);
        }
        return latencies;
    }

    private void writeOne(Journal journal) {
        sequence++;
        header.event(EventKind.APP, sequence, sequence);
        if (!journal.frames().tryAppend(header, payload)) {
            throw new AssertionError("no room: sequence=" + sequence);
        }
        journal.frames().publish();
        while (!journal.writer().writeAndForce(journal.frames())) {
            Thread.onSpinWait(); // the names of a rotation are not synced yet
        }
    }
}
