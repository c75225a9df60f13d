package io.melin.bench.aeron;

import io.aeron.cluster.client.AeronCluster;
import io.aeron.cluster.client.EgressListener;
import io.aeron.logbuffer.Header;
import io.melin.bench.part.LoadOptions;
import java.io.IOException;
import org.HdrHistogram.Histogram;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.YieldingIdleStrategy;

/** Sends, polls and measures, all on the thread of {@link #run}. */
final class AeronSession implements EgressListener {
    private final LoadOptions load;
    private final Histogram latencies = new Histogram(LoadOptions.HIGHEST_NS, 3);
    private final MutableDirectBuffer request = new ExpandableArrayBuffer();
    private final long[] startedNs;
    private long sent;
    private long answered;
    private boolean isMeasured;

    AeronSession(LoadOptions load) {
        this.load = load;
        this.startedNs = new long[load.window()];
    }

    void run(AeronCluster.Context context) throws IOException {
        try (AeronCluster cluster = AeronCluster.connect(context)) {
            long nowNs = System.nanoTime();
            long measureNs = nowNs + load.warmUpNs();
            long endNs = measureNs + load.measuredNs();
            while (nowNs - endNs < 0) {
                isMeasured = nowNs - measureNs >= 0;
                int work = send(cluster, nowNs) + cluster.pollEgress();
                YieldingIdleStrategy.INSTANCE.idle(work);
                nowNs = System.nanoTime();
            }
        }
        load.write("aeron", latencies);
    }

    /** What is pushed back starts when it goes through. */
    private int send(AeronCluster cluster, long nowNs) {
        int count = 0;
        boolean isTaken = true;
        while (isTaken && sent - answered < startedNs.length) {
            request.putLong(AeronCounter.NUMBER, sent);
            request.putLong(AeronCounter.VALUE, 1);
            isTaken = cluster.offer(request, 0, load.eventBytes()) >= 0;
            if (isTaken) {
                startedNs[(int) (sent++ % startedNs.length)] = nowNs;
                count++;
            }
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
        long latencyNs = System.nanoTime() - startedNs[(int) (answered++ % startedNs.length)];
        if (isMeasured) {
            latencies.recordValue(Math.min(latencyNs, LoadOptions.HIGHEST_NS));
        }
    }
}
