package io.melin.bench.micro;

import io.melin.apply.EventApplier;
import io.melin.apply.Outcome;
import io.melin.bench.counter.Counter;
import io.melin.event.IdScheme;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** From an event's bytes to its report's bytes, and what is remembered of its id. */
@State(Scope.Thread)
public class ApplierBenchmark {

    /** How clients name their requests; none of them repeats one. */
    public enum Ids {
        NONE(IdScheme.NONE),
        /** By 1,000 clients in turn. */
        NUMBERED(IdScheme.CLIENT_REQUEST),
        KEYED(IdScheme.KEY);

        private final byte scheme;

        Ids(byte scheme) {
            this.scheme = scheme;
        }
    }

    @Param private Ids ids = Ids.NONE;

    private final EventApplier<?, ?> applier = Counter.applier();
    private Events events = new Events(IdScheme.NONE);

    @Setup
    public void choose() {
        events = new Events(ids.scheme);
    }

    @Benchmark
    public Outcome<?> apply() {
        Outcome<?> outcome = applier.apply(events.next(), events.payload(), 1);
        if (outcome.kind() != Outcome.Kind.APPLIED || outcome.isDuplicate()) {
            throw new AssertionError("not applied: kind=" + outcome.kind());
        }
        return outcome;
    }
}
