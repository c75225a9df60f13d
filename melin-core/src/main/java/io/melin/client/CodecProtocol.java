package io.melin.client;

import io.melin.app.Codec;
import io.melin.wire.Tag;
import java.nio.ByteBuffer;

/** The default protocol: a request is one event, an answer frame one report. */
public final class CodecProtocol<E, R> implements ClientProtocol<E, R> {
    private final Codec<E> events;
    private final Codec<R> reports;

    public CodecProtocol(Codec<E> events, Codec<R> reports) {
        this.events = events;
        this.reports = reports;
    }

    @Override
    public byte tag(E request) {
        return Tag.EVENT;
    }

    @Override
    public int size(E request) {
        return events.size(request);
    }

    @Override
    public void encode(E request, ByteBuffer out) {
        events.encode(request, out);
    }

    @Override
    public R decode(byte tag, ByteBuffer payload) {
        if (tag != Tag.REPORT || !reports.isValid(payload.duplicate().order(payload.order()))) {
            throw new IllegalArgumentException("the frame is no report: tag=" + tag);
        }
        return reports.decode(payload, reports.version());
    }

    @Override
    public CodecProtocol<E, R> fresh() {
        return new CodecProtocol<>(events.fresh(), reports.fresh());
    }
}
