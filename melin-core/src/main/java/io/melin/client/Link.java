package io.melin.client;

import io.melin.wire.FrameAssembler;
import org.jspecify.annotations.Nullable;

/** One connection: what of the session ends with it. Threading: the loop thread. */
final class Link {
    private static final int GREETING_BYTES_MAX = ClientLimits.FRAME_BYTES_MIN;

    final Handshake handshake;
    final FrameAssembler frames = new FrameAssembler(GREETING_BYTES_MAX);
    final AnswerBytes answer;

    boolean isConnected;
    long openedNs;
    long sentNs;
    long receivedNs;

    /** Where to go when the answers of what is in flight have come, or null to stay. */
    @Nullable String moveTo;

    long moveDeadlineNs;

    Link(Handshake handshake, int answerBytesMax) {
        this.handshake = handshake;
        this.answer = new AnswerBytes(answerBytesMax);
    }

    boolean isOpen() {
        return handshake.phase() == Handshake.Phase.DONE;
    }
}
