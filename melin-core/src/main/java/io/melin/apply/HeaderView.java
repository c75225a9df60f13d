package io.melin.apply;

import io.melin.app.EventContext;
import io.melin.event.EventHeader;

/** What the application may see of a header; mutable, reused, confined to one thread. */
final class HeaderView implements EventContext {
    private long sequence;
    private long timeNs;
    private long client;

    HeaderView event(EventHeader header) {
        sequence = header.sequence();
        timeNs = header.timeNs();
        client = header.client();
        return this;
    }

    /** A tick belongs to nobody, whatever event brought the time. */
    HeaderView tick(EventHeader header) {
        event(header);
        client = 0;
        return this;
    }

    @Override
    public long sequence() {
        return sequence;
    }

    @Override
    public long timeNs() {
        return timeNs;
    }

    @Override
    public long client() {
        return client;
    }
}
