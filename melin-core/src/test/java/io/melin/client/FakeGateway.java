package io.melin.client;

import io.melin.wire.BusyFrame;
import io.melin.wire.ChallengeFrame;
import io.melin.wire.ChallengeResponseFrame;
import io.melin.wire.Code;
import io.melin.wire.Ed25519;
import io.melin.wire.EndFrame;
import io.melin.wire.ErrorFrame;
import io.melin.wire.FrameAssembler;
import io.melin.wire.IdentifyFrame;
import io.melin.wire.ReadyFrame;
import io.melin.wire.RequestFrame;
import io.melin.wire.ResponseFrame;
import io.melin.wire.Role;
import io.melin.wire.Tag;
import io.melin.wire.Transcript;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * A second, deliberately plain implementation of the server's side: applies numbers to a total,
 * remembers 1,024 numbers of its one client. A value of 0 is rejected; any other gives {@code value
 * % 3} reports, each the value.
 *
 * <p>Threading: one at a time, by its lock.
 */
public final class FakeGateway {
    static final int REMEMBERED = 1_024;

    record Applied(long value, long sequence) {}

    /** What was applied, by number; for nobody, by a count below zero. */
    public final Map<Long, Applied> applied = new TreeMap<>();

    /** Values in the order in which they were applied. */
    public final List<Long> order = new ArrayList<>();

    /** The code to refuse a value with, or null to take it. */
    public volatile LongFunction<@Nullable Code> refusal = value -> null;

    /** The text of refusals. */
    public volatile String text = "";

    public volatile int window = 64;
    public volatile int payloadMax = 65_536;
    public volatile int idleMs = 3_000;
    public volatile boolean authenticates;
    public volatile byte @Nullable [] trusted;
    public volatile boolean answers = true;
    private long highest;
    private int allHeartbeats;

    /** A client that connects. */
    public synchronized Peer accept() {
        return new Peer();
    }

    public synchronized int count() {
        return order.size();
    }

    /** Of all connections. */
    public synchronized int heartbeats() {
        return allHeartbeats;
    }

    public synchronized void startAt(long number) {
        highest = number;
    }

    /** One connection: bytes in, bytes out. */
    public final class Peer {
        private final FrameAssembler frames = new FrameAssembler(1 << 20);
        private final byte[] nonce = new byte[Transcript.NONCE_BYTES];
        private ByteBuffer out = ByteBuffer.allocate(256).order(ByteOrder.LITTLE_ENDIAN);
        private long client;
        private boolean isReady;
        boolean isClosed;

        /** It skipped a request: to answer a later one would break the order. */
        private boolean isMute;

        int heartbeats;
        int syncs;

        private Peer() {
            if (authenticates) {
                new ChallengeFrame(nonce, 1, "fake").write(room(128));
            } else {
                ready(0);
            }
        }

        /** Takes bytes of the client. */
        public void onBytes(ByteBuffer bytes) {
            synchronized (FakeGateway.this) {
                frames.add(bytes);
                while (!isClosed && frames.peek() == FrameAssembler.Verdict.FRAME) {
                    onFrame(frames.body());
                    frames.consume();
                }
                if (!isClosed && frames.peek() == FrameAssembler.Verdict.INVALID) {
                    end(Code.PROTOCOL);
                }
            }
        }

        /** What it sends, since the last time. */
        public byte[] take() {
            synchronized (FakeGateway.this) {
                byte[] taken = java.util.Arrays.copyOf(out.array(), out.position());
                out.clear();
                return taken;
            }
        }

        public boolean isClosed() {
            synchronized (FakeGateway.this) {
                return isClosed;
            }
        }

        ByteBuffer room(int bytes) {
            if (out.remaining() < bytes) {
                ByteBuffer larger =
                        ByteBuffer.allocate(out.capacity() * 2 + bytes)
                                .order(ByteOrder.LITTLE_ENDIAN);
                out = larger.put(out.flip());
            }
            return out;
        }

        void end(Code code) {
            error(0, code, "");
            isClosed = true;
        }

        void heartbeat() {
            ResponseFrame.begin(room(16), Tag.HEARTBEAT, 0);
        }

        void error(long request, Code code, String why) {
            byte[] bytes = ErrorFrame.text(why);
            ErrorFrame.begin(
                            room(ErrorFrame.FRAME_BYTES_MIN + bytes.length),
                            request,
                            code,
                            bytes.length)
                    .put(bytes);
        }

        private void ready(long client) {
            this.client = client;
            this.isReady = true;
            Role role = authenticates ? Role.TRADER : Role.UNRESTRICTED;
            new ReadyFrame(role, client, payloadMax, window, idleMs)
                    .write(room(ReadyFrame.FRAME_BYTES));
        }

        private void onFrame(ByteBuffer body) {
            long request = body.getLong();
            byte tag = body.get();
            switch (tag) {
                case Tag.HEARTBEAT -> {
                    heartbeats++;
                    allHeartbeats++;
                }
                case Tag.IDENTIFY -> ready(IdentifyFrame.client(body));
                case Tag.CHALLENGE_RESPONSE -> logIn(body);
                case Tag.QUERY_HIGHEST_REQUEST -> {
                    syncs++;
                    ResponseFrame.begin(room(32), Tag.HIGHEST_REQUEST, Long.BYTES).putLong(highest);
                    EndFrame.write(room(EndFrame.FRAME_BYTES), request, order.size(), 0, false);
                }
                default -> onRequest(request, tag, body);
            }
        }

        private void logIn(ByteBuffer body) {
            ChallengeResponseFrame answer = ChallengeResponseFrame.read(body);
            byte[] key = trusted;
            boolean isGood =
                    answer != null
                            && key != null
                            && java.util.Arrays.equals(key, answer.publicKey())
                            && Ed25519.verify(
                                    answer.publicKey(),
                                    Transcript.of(
                                            new ChallengeFrame(nonce, 1, "fake"),
                                            answer.clientNonce(),
                                            answer.publicKey(),
                                            answer.lane()),
                                    answer.signature());
            if (isGood && answer != null) {
                ready(Transcript.client(answer.publicKey(), answer.lane()));
            } else {
                ResponseFrame.begin(room(16), Tag.AUTHENTICATION_FAILED, 1).put((byte) 0);
                isClosed = true;
            }
        }

        private void onRequest(long request, byte tag, ByteBuffer body) {
            if (!isReady || request < 1) {
                end(Code.PROTOCOL);
                return;
            }
            isMute |= !answers;
            if (isMute) {
                return;
            }
            if (tag != Tag.EVENT || body.remaining() != Long.BYTES) {
                error(request, tag == Tag.EVENT ? Code.MALFORMED : Code.UNKNOWN_TAG, "no event");
                return;
            }
            long value = body.getLong();
            Code code = refusal.apply(value);
            if (code != null && code.isBusy()) {
                BusyFrame.write(room(BusyFrame.FRAME_BYTES), request, code);
            } else if (code != null) {
                error(request, code, text);
            } else {
                apply(request, value);
            }
        }

        private void apply(long request, long value) {
            long key = client == 0 ? -(order.size() + 1) : request;
            Applied first = applied.get(key);
            if (client != 0 && first == null && request <= highest - REMEMBERED) {
                error(request, Code.UNKNOWN_OUTCOME, "too old");
                return;
            }
            if (first != null && first.value() != value) {
                error(request, Code.ID_CONFLICT, "another payload");
                return;
            }
            boolean isDuplicate = first != null;
            if (first == null) {
                order.add(value);
                first = new Applied(value, order.size());
                applied.put(key, first);
                highest = Math.max(highest, client == 0 ? 0 : request);
            }
            answer(request, first, isDuplicate);
        }

        private void answer(long request, Applied of, boolean isDuplicate) {
            if (of.value() == 0) {
                byte[] zero = ErrorFrame.text("ZERO");
                ErrorFrame.beginRejected(
                                room(ErrorFrame.FRAME_BYTES_MIN + zero.length),
                                request,
                                of.sequence(),
                                7,
                                isDuplicate,
                                zero.length)
                        .put(zero);
                return;
            }
            for (int i = 0; i < of.value() % 3; i++) {
                ResponseFrame.begin(room(32), Tag.REPORT, Long.BYTES).putLong(of.value());
            }
            EndFrame.write(room(EndFrame.FRAME_BYTES), request, of.sequence(), 7, isDuplicate);
        }
    }

    /** The frame of a request, for those who compare bytes. */
    static byte[] request(long number, long value) {
        ByteBuffer frame =
                ByteBuffer.allocate(RequestFrame.PAYLOAD + Long.BYTES)
                        .order(ByteOrder.LITTLE_ENDIAN);
        RequestFrame.begin(frame, number, Tag.EVENT, Long.BYTES).putLong(value);
        return frame.array();
    }
}
