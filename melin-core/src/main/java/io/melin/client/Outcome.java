package io.melin.client;

import io.melin.app.MelinResult;
import io.melin.wire.Code;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** How a call ended: immutable, so that it may pass from thread to thread. */
sealed interface Outcome {

    /** The result as the protocol reads it, or the failure, thrown. */
    <R> MelinResult<R> result(ClientProtocol<?, R> protocol);

    /** Without a result. */
    record Failed(RuntimeException cause) implements Outcome {
        @Override
        public <R> MelinResult<R> result(ClientProtocol<?, R> protocol) {
            throw cause;
        }
    }

    /**
     * With an END frame.
     *
     * @param frames what came before it: each a u32 length, then tag and payload
     */
    record Answered(long sequence, long timeNs, boolean isDuplicate, byte[] frames)
            implements Outcome {

        /** The event was applied, whatever happens here: it is no refusal. */
        @Override
        public <R> MelinResult<R> result(ClientProtocol<?, R> protocol) {
            try {
                return new MelinResult<>(sequence, timeNs, decode(protocol), isDuplicate);
            } catch (RuntimeException e) {
                throw new MelinClientException(
                        Code.PROTOCOL, "answered, but not readable: sequence=" + sequence, e);
            }
        }

        private <R> List<R> decode(ClientProtocol<?, R> protocol) {
            ByteBuffer all = ByteBuffer.wrap(frames).order(ByteOrder.LITTLE_ENDIAN);
            List<R> answers = new ArrayList<>();
            while (all.hasRemaining()) {
                int bodyBytes = all.getInt();
                byte tag = all.get();
                ByteBuffer payload =
                        all.slice(all.position(), bodyBytes - 1).order(ByteOrder.LITTLE_ENDIAN);
                all.position(all.position() + payload.remaining());
                answers.add(protocol.decode(tag, payload));
            }
            return answers;
        }
    }
}
