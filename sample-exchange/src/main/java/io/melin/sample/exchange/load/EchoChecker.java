package io.melin.sample.exchange.load;

import io.melin.wire.RequestFrame;
import java.nio.ByteBuffer;

/** Answers are the requests themselves. */
final class EchoChecker implements Checker {
    private static final int REQUEST = RequestFrame.REQUEST - RequestFrame.REQUEST;
    private static final int TAG = RequestFrame.TAG - RequestFrame.REQUEST;

    private final FrameTape tape;
    private String fault = "";

    EchoChecker(FrameTape tape) {
        this.tape = tape;
    }

    @Override
    public Outcome judge(ByteBuffer body) {
        long expected = tape.answered() + 1;
        boolean isWhole = body.remaining() >= RequestFrame.BODY_BYTES_MIN;
        long number = isWhole ? body.getLong(body.position() + REQUEST) : 0;
        if (number == expected
                && expected <= tape.launched()
                && body.remaining() == tape.bodyBytes(expected)
                && body.get(body.position() + TAG) == tape.tag(expected)) {
            return Outcome.ANSWERED;
        }
        fault = "not the echo that is due: expected=" + expected + ", found=" + number;
        return Outcome.WRONG;
    }

    @Override
    public boolean isRepeat() {
        return false;
    }

    @Override
    public String fault() {
        return fault;
    }

    @Override
    public void restart() {}
}
