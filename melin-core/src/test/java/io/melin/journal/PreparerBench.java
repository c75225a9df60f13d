package io.melin.journal;

import io.melin.event.EventHeader;
import io.melin.event.EventKind;
import io.melin.event.IdScheme;
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
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * What the preparer costs the hot path: the time of a write and sync of 4 KiB each millisecond,
 * first without it, then beside it. By hand, on a machine that does nothing else:
 *
 * <pre>java -cp CLASSPATH_OF_THE_TESTS io.melin.journal.PreparerBench DIRECTORY SECONDS</pre>
 */
final class PreparerBench {
    private static final long INTERVAL_NS = 1_000_000;
    private static final long SEGMENT_BYTES = 64L << 20;

    private PreparerBench() {}

    public static void main(String[] arguments) throws IOException {
        Path directory = Path.of(arguments[0]);
        int samples = Integer.parseInt(arguments[1]) * 1_000;
        System.out.println("microseconds              p50     p99   p99.9     max  rotations");
        run("no rotation", directory.resolve("none"), 0, samples);
        run("prepared", directory.resolve("prepared"), SEGMENT_BYTES, samples);
    }

    private static void run(String what, Path directory, long segmentBytes, int samples) {
        JournalConfig config = JournalConfig.of(directory, 1, 1).withSegmentBytes(segmentBytes);
        try (Journal journal =
                Journal.open(
                        config,
                        new JournalPorts(FileSystemStorage.INSTANCE, SystemTime.INSTANCE),
                        (header, payload, version) -> {})) {
            StageRunner preparer = runner(journal);
            preparer.start();
            long[] took = sample(journal, samples);
            preparer.stop();
            preparer.joinUninterruptibly(Duration.ofSeconds(30));
            print(what, took, journal.writer().counters().rotations());
        }
    }

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

    private static long[] sample(Journal journal, int samples) {
        long[] took = new long[samples];
        ByteBuffer payload = ByteBuffer.allocate(4_000);
        EventHeader header = new EventHeader().id(IdScheme.NONE, 0, 0);
        long nextNs = SystemTime.INSTANCE.tickerNs();
        for (int i = 0; i < samples; i++) {
            while (SystemTime.INSTANCE.tickerNs() - nextNs < 0) {
                LockSupport.parkNanos(50_000);
            }
            long startedNs = SystemTime.INSTANCE.tickerNs();
            header.event(EventKind.APP, i + 1L, i + 1L);
            journal.frames().tryAppend(header, payload);
            journal.frames().publish();
            journal.writer().writeAndForce(journal.frames());
            took[i] = SystemTime.INSTANCE.tickerNs() - startedNs;
            nextNs += INTERVAL_NS;
        }
        return took;
    }

    private static void print(String what, long[] took, RotationCounters rotations) {
        Arrays.sort(took);
        System.out.printf(
                "%-20s %8d%8d%8d%8d  fast=%d, fallback=%d%n",
                what,
                at(took, 0.5),
                at(took, 0.99),
                at(took, 0.999),
                at(took, 1),
                rotations.fast().acquire(),
                rotations.fallback().acquire());
    }

    private static long at(long[] sorted, double share) {
        return sorted[(int) Math.min(sorted.length - 1, share * sorted.length)] / 1_000;
    }
}
