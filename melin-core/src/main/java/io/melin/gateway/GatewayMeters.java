package io.melin.gateway;

import io.melin.trace.StageCounter;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/**
 * What the gateway counts. Belongs to the node and outlives its runs. Threading: the ingress thread
 * counts, any thread reads.
 */
public final class GatewayMeters {
    private final StageCounter accepted = new StageCounter();
    private final StageCounter bytesReceived = new StageCounter();
    private final StageCounter bytesSent = new StageCounter();
    private final Map<Drop, LongAdder> drops = new EnumMap<>(Drop.class);

    public GatewayMeters() {
        for (Drop reason : Drop.values()) {
            drops.put(reason, new LongAdder());
        }
    }

    /** Connections that were ever accepted, those that found no place included. */
    public long accepted() {
        return accepted.acquire();
    }

    public long bytesReceived() {
        return bytesReceived.acquire();
    }

    public long bytesSent() {
        return bytesSent.acquire();
    }

    /** Connections that the gateway ended for this reason. */
    public long drops(Drop reason) {
        return adder(reason).sum();
    }

    void countAccepted() {
        accepted.add(1);
        accepted.publish();
    }

    void received(int bytes) {
        bytesReceived.add(bytes);
        bytesReceived.publish();
    }

    void sent(int bytes) {
        bytesSent.add(bytes);
        bytesSent.publish();
    }

    void dropped(Drop reason) {
        adder(reason).increment();
    }

    private LongAdder adder(Drop reason) {
        LongAdder adder = drops.get(reason);
        if (adder == null) {
            throw new AssertionError("drop without a count: reason=" + reason);
        }
        return adder;
    }
}
