package io.melin.bench.micro;

import io.melin.event.EventHeader;
import io.melin.event.IdScheme;
import io.melin.pipeline.PipelineConfig;
import io.melin.ring.ArenaRing;
import io.melin.ring.InputSlot;
import io.melin.ring.RingReader;
import io.melin.time.SystemTime;
import io.melin.time.TimeSource;
import io.melin.trace.LatencyTrace;
import io.melin.trace.Sampling;
import io.melin.trace.StageCounter;
import io.melin.trace.StageTag;
import io.melin.trace.TraceLog;
import io.melin.trace.TraceStamps;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * The input ring alone, and beside it all that the stages record for meters while an event passes
 * them. A pipeline cannot leave its meters out, so there is none here. Nothing is traced.
 */
@State(Scope.Thread)
public class MetersBenchmark {
    private static final int EVENTS = 64;

    /** Events that pass a stage in one step: alone on a quiet node, together on a busy one. */
    @Param({"1", "64"})
    private int batch = 1;

    private final TimeSource time = SystemTime.INSTANCE;
    private final ArenaRing<InputSlot> ring =
            ArenaRing.input(
                    new ArenaRing.Config(
                            "input",
                            PipelineConfig.DEFAULT.inputSlots(),
                            PipelineConfig.DEFAULT.inputBytes(),
                            Events.PAYLOAD_BYTES));
    private final RingReader<InputSlot> reader = ring.reader("all");
    private final Events events = new Events(IdScheme.NONE);
    private final StageCounter[] passed =
            Stream.generate(StageCounter::new)
                    .limit(StageTag.TRACED.size() - 1)
                    .toArray(StageCounter[]::new);
    private final StageCounter answers = new StageCounter();
    private final LatencyTrace latency =
            new LatencyTrace(new TraceStamps(Sampling.OFF, 1), new TraceLog());

    /** Claimed, filled, published and freed. */
    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public void off() {
        for (int done = 0; done < EVENTS; done += batch) {
            pass();
        }
    }

    /** The same, with the readings of the clock that each batch makes for latencies. */
    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public void on() {
        for (int done = 0; done < EVENTS; done += batch) {
            long receivedNs = time.tickerNs();
            pass();
            count(receivedNs);
        }
    }

    private void pass() {
        for (int i = 0; i < batch; i++) {
            EventHeader header = events.next();
            InputSlot slot = ring.tryClaim(Events.PAYLOAD_BYTES);
            if (slot == null) {
                throw new AssertionError("the ring is full: sequence=" + header.sequence());
            }
            ring.payload(slot).put(events.payload());
            slot.kind(header.kind()).sequence(header.sequence()).timeNs(header.timeNs());
            slot.flags((byte) 0).idScheme(header.idScheme());
            slot.idHigh(header.idHigh()).idLow(header.idLow());
            slot.connection(1).correlation(header.sequence()).receivedNs(0);
        }
        ring.publish();
        reader.release(reader.available(batch));
    }

    /** Four stages count batches; the one that answers counts each, and for how long it took. */
    private void count(long receivedNs) {
        for (StageCounter counter : passed) {
            counter.add(batch);
            counter.publish();
        }
        long nowNs = time.tickerNs();
        for (int i = 0; i < batch; i++) {
            answers.add(1);
            latency.recordEndToEnd(nowNs - receivedNs);
        }
        answers.publish();
    }
}
