package io.melin.bench.aeron;

import io.aeron.ExclusivePublication;
import io.aeron.Image;
import io.aeron.cluster.codecs.CloseReason;
import io.aeron.cluster.service.ClientSession;
import io.aeron.cluster.service.Cluster;
import io.aeron.cluster.service.ClusteredService;
import io.aeron.logbuffer.Header;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;
import org.jspecify.annotations.Nullable;

/** Adds the second number of each message, and answers with the first, which is the request's. */
final class AeronCounter implements ClusteredService {
    static final int NUMBER = 0;
    static final int VALUE = NUMBER + Long.BYTES;
    private static final int ANSWER_BYTES = VALUE + Long.BYTES;

    private final MutableDirectBuffer answer = new ExpandableArrayBuffer(ANSWER_BYTES);
    private @Nullable Cluster cluster;
    private long total;

    @Override
    public void onStart(Cluster cluster, @Nullable Image snapshotImage) {
        this.cluster = cluster;
    }

    @Override
    public void onSessionMessage(
            ClientSession session,
            long timestamp,
            DirectBuffer buffer,
            int offset,
            int length,
            Header header) {
        total += buffer.getLong(offset + VALUE);
        answer.putLong(NUMBER, buffer.getLong(offset + NUMBER));
        answer.putLong(VALUE, total);
        while (session.offer(answer, 0, ANSWER_BYTES) < 0 && !session.isClosing()) {
            if (cluster != null) {
                cluster.idleStrategy().idle();
            }
        }
    }

    @Override
    public void onSessionOpen(ClientSession session, long timestamp) {
        // a session needs nothing
    }

    @Override
    public void onSessionClose(ClientSession session, long timestamp, CloseReason closeReason) {
        // a session left nothing
    }

    @Override
    public void onTimerEvent(long correlationId, long timestamp) {
        // there are no timers
    }

    @Override
    public void onTakeSnapshot(ExclusivePublication snapshotPublication) {
        // none is asked for
    }

    @Override
    public void onRoleChange(Cluster.Role newRole) {
        // one member is always the leader
    }

    @Override
    public void onTerminate(Cluster cluster) {
        // the process is killed
    }
}
