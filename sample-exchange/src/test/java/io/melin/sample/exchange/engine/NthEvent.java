package io.melin.sample.exchange.engine;

import io.melin.app.EventContext;

/** The context of the n-th event, at n nanoseconds; reused. */
final class NthEvent implements EventContext {
    private long sequence;

    NthEvent at(long sequence) {
        this.sequence = sequence;
        return this;
    }

    @Override
    public long sequence() {
        return sequence;
    }

    @Override
    public long timeNs() {
        return sequence;
    }

    @Override
    public long client() {
        return 0;
    }
}
