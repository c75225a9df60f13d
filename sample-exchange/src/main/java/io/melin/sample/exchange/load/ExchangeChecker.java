package io.melin.sample.exchange.load;

import io.melin.wire.BusyFrame;
import io.melin.wire.Code;
import io.melin.wire.EndFrame;
import io.melin.wire.ErrorFrame;
import io.melin.wire.Tag;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Answers of the gateway: reports of the exchange, then one frame that ends the request. */
final class ExchangeChecker implements Checker {
    private final FrameTape tape;
    private final ReportChecker reports = new ReportChecker();
    private long resentUpTo;
    private long lastSequence;
    private boolean isRepeat;
    private String fault = "";

    ExchangeChecker(FrameTape tape) {
        this.tape = tape;
    }

    @Override
    public boolean isRepeat() {
        return isRepeat;
    }

    @Override
    public String fault() {
        return fault;
    }

    /** Outcomes of before may be repeated, and lie behind those of requests that came through. */
    @Override
    public void restart() {
        resentUpTo = tape.launched();
        lastSequence = 0;
        reports.next();
    }

    @Override
    public Outcome judge(ByteBuffer body) {
        isRepeat = false;
        byte tag = body.get(body.position());
        return switch (tag) {
            case Tag.HEARTBEAT -> Outcome.OPEN;
            case Tag.END -> ended(body);
            case Tag.BUSY -> busy(body);
            case Tag.ERROR -> failed(body);
            default -> reported(body);
        };
    }

    private Outcome reported(ByteBuffer body) {
        long request = tape.answered() + 1;
        if (request > tape.launched()) {
            return wrong("a frame for no request", request, body.get(body.position()));
        }
        return reports.take(tape.tag(request), tape.orderId(request), body)
                ? Outcome.OPEN
                : wrong(told(request, body), request, request);
    }

    private Outcome ended(ByteBuffer body) {
        int start = body.position() + 1;
        if (body.remaining() - 1 != EndFrame.END) {
            return wrong("an END of another length", EndFrame.END, body.remaining() - 1);
        }
        Outcome order = order(body.getLong(start + EndFrame.REQUEST));
        if (order != Outcome.OPEN) {
            return order;
        }
        long request = tape.answered() + 1;
        boolean isResent = request <= resentUpTo;
        isRepeat = body.get(start + EndFrame.FLAGS) == EndFrame.DUPLICATE;
        long sequence = body.getLong(start + EndFrame.SEQUENCE);
        if (!reports.isComplete(tape.tag(request))) {
            return wrong("an END without its report", request, tape.tag(request));
        }
        if (isRepeat && !isResent) {
            return wrong("a repeated outcome of a request sent once", 0, request);
        }
        if (!isResent && sequence <= lastSequence) {
            return wrong("a sequence that goes back", lastSequence + 1, sequence);
        }
        lastSequence = isResent ? lastSequence : sequence;
        Outcome outcome = reports.isRejected() ? Outcome.REJECTED : Outcome.ANSWERED;
        reports.next();
        return outcome;
    }

    private Outcome busy(ByteBuffer body) {
        int start = body.position() + 1;
        if (body.remaining() - 1 != BusyFrame.END) {
            return wrong("a BUSY of another length", BusyFrame.END, body.remaining() - 1);
        }
        long request = body.getLong(start + BusyFrame.REQUEST);
        Code code = Code.of(body.get(start + BusyFrame.CODE));
        if (request == 0 && code == Code.CONNECTIONS) {
            fault = "the server takes no more connections";
            return Outcome.LOST;
        }
        return refused(request, Outcome.BUSY);
    }

    private Outcome failed(ByteBuffer body) {
        int start = body.position() + 1;
        if (body.remaining() - 1 < ErrorFrame.TEXT) {
            return wrong("an ERROR of another length", ErrorFrame.TEXT, body.remaining() - 1);
        }
        byte[] text = new byte[body.remaining() - 1 - ErrorFrame.TEXT];
        body.get(start + ErrorFrame.TEXT, text);
        long request = body.getLong(start + ErrorFrame.REQUEST);
        Code code = Code.of(body.get(start + ErrorFrame.CODE));
        String said = ": code=" + code + ", text=" + new String(text, StandardCharsets.UTF_8);
        if (code == null || code == Code.PROTOCOL) {
            return wrong("the server does not understand this client" + said, 0, request);
        }
        if (code.endsConnection()) {
            fault = "the server ends the connection" + said;
            return Outcome.LOST;
        }
        Outcome outcome = refused(request, Outcome.FAILED);
        if (outcome == Outcome.FAILED) {
            fault = "a request failed" + said + ", request=" + request;
        }
        return outcome;
    }

    private Outcome refused(long request, Outcome outcome) {
        Outcome order = order(request);
        if (order != Outcome.OPEN) {
            return order;
        }
        if (reports.reports() > 0) {
            return wrong("a report of a request that was refused", 0, request);
        }
        reports.next();
        return outcome;
    }

    /** C1: OPEN if this is the request whose turn it is. */
    private Outcome order(long request) {
        long expected = tape.answered() + 1;
        if (request < expected) {
            return wrong("a second answer", expected, request);
        }
        if (request > tape.launched()) {
            return wrong("an answer to a request that was not sent", expected, request);
        }
        return request == expected
                ? Outcome.OPEN
                : wrong("an answer out of order", expected, request);
    }

    private String told(long request, ByteBuffer body) {
        return "a report that the request cannot cause, tags 0x%02x and 0x%02x"
                .formatted(tape.tag(request), body.get(body.position()));
    }

    private Outcome wrong(String what, long expected, long found) {
        fault = what + ": expected=" + expected + ", found=" + found;
        return Outcome.WRONG;
    }
}
