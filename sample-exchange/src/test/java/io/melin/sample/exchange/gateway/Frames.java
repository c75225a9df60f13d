package io.melin.sample.exchange.gateway;

import io.melin.gateway.FrameSink;
import io.melin.gateway.GatewayQuery;
import io.melin.gateway.Protocol.Decoded;
import io.melin.gateway.RequestSink;
import io.melin.sample.exchange.domain.NumericName;
import io.melin.sample.exchange.wire.ExchangeReportCodec;
import io.melin.sample.exchange.wire.ReportKind;
import io.melin.sample.exchange.wire.ReportWriter;
import io.melin.wire.RequestFrame;
import io.melin.wire.ResponseFrame;
import java.nio.ByteBuffer;

/** Both directions of the protocol again and again, to see what they allocate. */
final class Frames implements RequestSink, FrameSink {
    private final ExchangeProtocol protocol = new ExchangeProtocol();
    private final ByteBuffer scratch = Door.littleEndian(64);
    private final ByteBuffer frame = Door.littleEndian(128);
    private final ByteBuffer report = Door.littleEndian(128);
    private long events;

    Frames() {
        ReportWriter writer =
                new ReportWriter()
                        .start(ReportKind.FILL, NumericName.high(17), NumericName.low(17))
                        .order(1, 2)
                        .maker(3, 4)
                        .price(5)
                        .quantity(6);
        new ExchangeReportCodec().encode(writer.report(), report);
        report.flip();
    }

    void run(ByteBuffer request, int rounds) {
        events = 0;
        for (int round = 0; round < rounds; round++) {
            protocol.decode(ExchangeTag.SUBMIT, request.position(RequestFrame.PAYLOAD), this);
            protocol.encode(report, this);
        }
        if (events != rounds) {
            throw new AssertionError("not an event each: events=" + events);
        }
    }

    @Override
    public Decoded event(ByteBuffer event) {
        events++;
        return Decoded.EVENT;
    }

    @Override
    public Decoded query(GatewayQuery query) {
        return Decoded.QUERY;
    }

    @Override
    public ByteBuffer scratch() {
        return scratch.clear();
    }

    @Override
    public ByteBuffer begin(byte tag, int payloadBytes) {
        return ResponseFrame.begin(frame.clear(), tag, payloadBytes);
    }

    @Override
    public void end() {}
}
