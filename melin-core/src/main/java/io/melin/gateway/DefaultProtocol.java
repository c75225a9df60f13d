package io.melin.gateway;

import io.melin.wire.Role;
import io.melin.wire.Tag;
import java.nio.ByteBuffer;

/**
 * Events and reports as their codecs encode them: {@link Tag#EVENT} in, {@link Tag#REPORT} out. No
 * queries. Threading: any, it has no state.
 */
public final class DefaultProtocol implements Protocol {

    @Override
    public boolean permits(Role role, byte tag) {
        return role != Role.READONLY && role != Role.REPLICATION;
    }

    @Override
    public Decoded decode(byte tag, ByteBuffer payload, RequestSink to) {
        return tag == Tag.EVENT ? to.event(payload) : Decoded.UNKNOWN_TAG;
    }

    @Override
    public void encode(ByteBuffer report, FrameSink to) {
        to.begin(Tag.REPORT, report.remaining()).put(report);
        to.end();
    }

    @Override
    public Protocol fresh() {
        return this;
    }
}
