package io.melin.bench.aeron;

import io.aeron.cluster.client.AeronCluster;
import io.aeron.cluster.client.EgressListener;
import io.aeron.driver.MediaDriver;
import io.aeron.driver.ThreadingMode;
import io.aeron.logbuffer.Header;
import io.melin.bench.part.Samples;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.HdrHistogram.Histogram;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.YieldingIdleStrategy;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** A process that keeps a window of requests in flight on one session, over UDP or shared memory. */
@CommandLine.Command(name = "aeron-client")
public final class AeronClient implements Callable<Integer>, EgressListener {
    private static final long NS = 1_000_000_000L;
    private static final long HIGHEST_NS = 60 * NS;

    @Option(names = "--driver", required = true, description = "directory of the server's driver")
    private String driver = "";

    @Option(names = "--ipc")
    private boolean isIpc;

    @Option(names = "--window")
    private int window = 1;

    @Option(names = "--event-bytes")
    private int eventBytes = 100;

    @Option(names = "--warm-up")
    private int warmUpSeconds = 3;

    @Option(names = "--seconds")
    private int seconds = 5;

    @Option(names = "--hdr", required = true)
    private Path hdr = Path.of("latency.hlog");

    private final Histogram latencies = new Histogram(HIGHEST_NS, 3);
    private final IdleStrategy idle = YieldingIdleStrategy.INSTANCE;
    private final MutableDirectBuffer request = new ExpandableArrayBuffer();
    private long[] startedNs = {};
    private long sent;
    private long answered;
    private boolean isMeasured;

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new AeronClient()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException {
        if (isIpc) {
            run(context().aeronDirectoryName(driver).ingressChannel("aeron:ipc"));
            return 0;
        }
        try (MediaDriver own = MediaDriver.launchEmbedded(driverContext())) {
            run(
                    context()
                            .aeronDirectoryName(own.aeronDirectoryName())
                            .ingressChannel("aeron:udp?term-length=1m")
                            .ingressEndpoints("0=localhost:" + AeronServer.PORT));
        }
        return 0;
    }

    private static MediaDriver.Context driverContext() {
        return new MediaDriver.Context()
                .threadingMode(ThreadingMode.SHARED)
                .dirDeleteOnStart(true)
                .dirDeleteOnShutdown(true)
                .sharedIdleStrategy(YieldingIdleStrategy.INSTANCE);
    }

    private AeronCluster.Context context() {
        return new AeronCluster.Context()
                .egressListener(this)
                .egressChannel(isIpc ? "aeron:ipc" : "aeron:udp?endpoint=localhost:0")
                .messageTimeoutNs(20 * NS);
    }

    private void run(AeronCluster.Context context) throws IOException {
        startedNs = new long[window];
        try (AeronCluster cluster = AeronCluster.connect(context)) {
            long measureNs = System.nanoTime() + warmUpSeconds * NS;
            long endNs = measureNs + seconds * NS;
            long nowNs = System.nanoTime();
            while (nowNs - endNs < 0) {
                isMeasured = nowNs - measureNs >= 0;
                int work = send(cluster, nowNs) + cluster.pollEgress();
                idle.idle(work);
                nowNs = System.nanoTime();
            }
        }
        double perSecond = (double) latencies.getTotalCount() / seconds;
        Samples.write(hdr, List.of(new Samples("aeron", perSecond, latencies)));
    }

    private int send(AeronCluster cluster, long nowNs) {
        int count = 0;
        while (sent - answered < window) {
            request.putLong(AeronCounter.NUMBER, sent);
            request.putLong(AeronCounter.VALUE, 1);
            if (cluster.offer(request, 0, eventBytes) < 0) {
                break; // pushed back: the time of its start is that of the try that went through
            }
            startedNs[(int) (sent++ % window)] = nowNs;
            count++;
        }
        return count;
    }

    @Override
    public void onMessage(
            long clusterSessionId,
            long timestamp,
            DirectBuffer buffer,
            int offset,
            int length,
            Header header) {
        if (buffer.getLong(offset + AeronCounter.NUMBER) != answered) {
            throw new IllegalStateException("out of turn: expected=" + answered);
        }
        long latencyNs = System.nanoTime() - startedNs[(int) (answered++ % window)];
        if (isMeasured) {
            latencies.recordValue(Math.min(latencyNs, HIGHEST_NS));
        }
    }
}
