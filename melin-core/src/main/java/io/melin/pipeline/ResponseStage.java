package io.melin.pipeline;

import io.melin.ring.OutputSlot;
import io.melin.ring.RingReader;
import io.melin.stage.Stage;
import io.melin.stage.Wakeup;
import io.melin.time.TimeSource;
import io.melin.trace.LatencyTrace;
import io.melin.trace.StageCounter;
import io.melin.trace.StageTag;

/**
 * Lets answers out once the durability policy holds for them. The one place where
 * persist-before-ack is enforced.
 *
 * <p>R1: a gated slot leaves only when the gate stood at or above its sequence. R2: slots leave in
 * the order of the ring, so each request's reports come in order and its terminator last. A closed
 * gate makes it return; it never waits.
 */
final class ResponseStage implements Stage {

    record Ports(
            RingReader<OutputSlot> output,
            DurabilityGate gate,
            Doors doors,
            TimeSource time,
            PipelineMeters meters,
            Wakeup upstream) {}

    private final int batchMax;
    private final Ports ports;
    private final LatencyTrace latency;
    private final StageCounter answers;
    private long openUpTo;
    private long nowNs;

    ResponseStage(int batchMax, Ports ports) {
        this.batchMax = batchMax;
        this.ports = ports;
        this.latency = ports.meters().latency();
        this.answers = ports.meters().counter(StageTag.RESPONSE);
    }

    @Override
    public String name() {
        return "response";
    }

    @Override
    public int doWork() {
        RingReader<OutputSlot> output = ports.output();
        int available = output.available(batchMax);
        if (available == 0) {
            return 0;
        }
        openUpTo = ports.gate().evaluate();
        nowNs = ports.time().tickerNs();
        int done = 0;
        while (done < available && release(output.peek(done))) {
            done++;
        }
        if (done > 0) {
            output.release(done);
            answers.publish();
            ports.doors().flush();
            ports.upstream().signal();
        }
        return done;
    }

    private boolean release(OutputSlot slot) {
        boolean gated = OutputKind.isGated(slot.flags());
        if (gated && slot.sequence() > openUpTo) {
            openUpTo = ports.gate().evaluate();
            nowNs = ports.time().tickerNs();
            if (slot.sequence() > openUpTo) {
                return false;
            }
        }
        ports.doors().of(slot.connection()).deliver(slot, ports.output().payload(slot));
        if (OutputKind.isLast(slot.flags())) {
            answered(slot);
        }
        return true;
    }

    private void answered(OutputSlot slot) {
        answers.add(1);
        boolean traced = OutputKind.isEvent(slot.kind(), slot.flags());
        if (traced && latency.isSampled(slot.sequence())) {
            latency.responded(slot.sequence(), nowNs);
        } else {
            latency.recordEndToEnd(nowNs - slot.receivedNs());
        }
    }
}
