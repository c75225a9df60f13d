package io.melin.sample.exchange.gateway;

import io.melin.app.EventContext;
import io.melin.app.QueryContext;
import io.melin.app.Reports;
import io.melin.gateway.FrameSink;
import io.melin.gateway.GatewayQuery;
import io.melin.gateway.Protocol.Decoded;
import io.melin.gateway.RequestSink;
import io.melin.sample.exchange.engine.ExchangeApplication;
import io.melin.sample.exchange.wire.ExchangeEventCodec;
import io.melin.sample.exchange.wire.ExchangeReport;
import io.melin.sample.exchange.wire.ExchangeReportCodec;
import io.melin.wire.RequestFrame;
import io.melin.wire.ResponseFrame;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;

/** What a gateway does with a protocol, without sockets: frames in, frames out, an exchange. */
public final class Door implements RequestSink, FrameSink, Reports<ExchangeReport> {
    private static final int EVENT_BYTES = 64;

    private final ExchangeProtocol protocol = new ExchangeProtocol();
    private final ExchangeEventCodec events = new ExchangeEventCodec();
    private final ExchangeReportCodec reports = new ExchangeReportCodec();
    private final ExchangeApplication application = new ExchangeApplication();
    private final ByteBuffer scratch = littleEndian(EVENT_BYTES);
    private final ByteBuffer frame = littleEndian(1 << 13);
    private final List<String> answers = new ArrayList<>();
    private long sequence;
    private int frameEnd;

    static ByteBuffer littleEndian(int bytes) {
        return ByteBuffer.allocateDirect(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** The hex of each answer to the frame that the encoder writes. */
    public List<String> ask(Consumer<ByteBuffer> encoder) {
        ByteBuffer request = littleEndian(RequestEncoder.FRAME_BYTES_MAX);
        encoder.accept(request);
        request.flip();
        int length = request.getInt(RequestFrame.LENGTH);
        if (length != request.remaining() - RequestFrame.REQUEST) {
            throw new AssertionError("wrong length in a frame: length=" + length);
        }
        byte tag = request.get(RequestFrame.TAG);
        return ask(tag, request.position(RequestFrame.PAYLOAD));
    }

    List<String> ask(byte tag, ByteBuffer payload) {
        answers.clear();
        Decoded decoded = protocol.decode(tag, payload, this);
        if (decoded != Decoded.EVENT && decoded != Decoded.QUERY) {
            return List.of(decoded.name());
        }
        return List.copyOf(answers);
    }

    Decoded decode(byte tag, ByteBuffer payload) {
        return protocol.decode(tag, payload, this);
    }

    List<String> answers() {
        return answers;
    }

    public ExchangeApplication application() {
        return application;
    }

    @Override
    public Decoded event(ByteBuffer event) {
        if (!events.isValid(event)) {
            return Decoded.MALFORMED;
        }
        application.apply(events.decode(event, events.version()), new At(++sequence), this);
        return Decoded.EVENT;
    }

    @Override
    public Decoded query(GatewayQuery query) {
        query.answer(application, new At(sequence), this);
        return Decoded.QUERY;
    }

    @Override
    public ByteBuffer scratch() {
        return scratch.clear();
    }

    @Override
    public void add(ExchangeReport report) {
        ByteBuffer bytes = littleEndian(reports.size(report));
        reports.encode(report, bytes);
        protocol.encode(bytes.flip(), this);
    }

    @Override
    public ByteBuffer begin(byte tag, int payloadBytes) {
        frameEnd = ResponseFrame.PAYLOAD + payloadBytes;
        return ResponseFrame.begin(frame.clear(), tag, payloadBytes);
    }

    @Override
    public void end() {
        if (frame.position() != frameEnd) {
            throw new AssertionError("another size than begun with: bytes=" + frame.position());
        }
        answers.add(hex(frame.flip()));
    }

    static String hex(ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(bytes.position(), copy);
        return HexFormat.of().formatHex(copy);
    }

    private record At(long sequence) implements EventContext, QueryContext {
        @Override
        public long timeNs() {
            return sequence;
        }

        @Override
        public long client() {
            return 0;
        }

        @Override
        public long appliedSequence() {
            return sequence;
        }

        @Override
        public long durableSequence() {
            return sequence;
        }
    }
}
