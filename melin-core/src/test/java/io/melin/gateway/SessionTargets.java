package io.melin.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.melin.gateway.NaiveSession.Ending;
import io.melin.testing.AllocatedBytes;
import io.melin.wire.ChallengeFrame;
import io.melin.wire.Code;
import io.melin.wire.Role;
import io.melin.wire.Tag;
import io.melin.wire.Transcript;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What the gateway must do with any bytes at all, in any pieces, while its threads are stepped in any
 * order: answer as {@link NaiveSession} says, end if they are no frames, and leave nothing behind.
 */
final class SessionTargets {
    static final Map<String, Predicate<byte[]>> ALL =
            Map.of(
                    "session", SessionTargets::session,
                    "login", SessionTargets::login,
                    "defaultProtocol", SessionTargets::defaultProtocol);

    /** Pieces, steps and mode; what follows is the stream. */
    static final int PLAN_BYTES = 2;

    /** That a decoder may allocate: the buffer that it is given. */
    private static final long DECODED_BYTES_MAX = 1 << 10;

    private static final int ANSWER_BYTES_MAX = 1 << 20;
    private static final int QUERIES = 4;
    private static final Signer TRADER = new Signer();
    private static final AuthorizedKeys KEYS = keys();

    private SessionTargets() {}

    private static AuthorizedKeys keys() {
        try {
            Path directory = Files.createTempDirectory("melin-keys");
            Path file = Signer.file(directory, TRADER.line(Role.TRADER));
            AuthorizedKeys keys = new AuthorizedKeys(file);
            Files.delete(file);
            Files.delete(directory);
            return keys;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Without authentication. */
    static boolean session(byte[] bytes) {
        if (bytes.length < PLAN_BYTES) {
            return false;
        }
        byte[] stream = Arrays.copyOfRange(bytes, PLAN_BYTES, bytes.length);
        NaiveSession expected = new NaiveSession(0, ANSWER_BYTES_MAX);
        expected.read(stream, 0);
        Rig rig = rig(bytes[1], null);
        judge(run(rig, stream, bytes[0]), expected);
        nothingIsLeft(rig);
        return !expected.endings.isEmpty();
    }

    private static Rig rig(byte plan, @Nullable AuthorizedKeys keys) {
        int window = 1 + (plan & 15);
        return new Rig(new GatewayLimits(4, window, ANSWER_BYTES_MAX, 4 << 20, QUERIES), keys);
    }

    /** The threads have their turns; the more the plan says, the larger the pieces and steps. */
    private static FakeSocket run(Rig rig, byte[] stream, byte plan) {
        FakeSocket socket = rig.transport.connect();
        feed(rig, socket, stream, plan);
        return socket;
    }

    private static void feed(Rig rig, FakeSocket socket, byte[] stream, byte plan) {
        socket.sends(ByteBuffer.wrap(stream).position(stream.length));
        int turn = plan;
        for (int unread = -1; unread != socket.unread(); turn = turn * 31 + 17) {
            unread = socket.unread();
            socket.readBytesMax = 1 + (turn & 63);
            rig.ingress();
            rig.application(turn >> 6 & 3);
            rig.response(turn >> 8 & 3);
        }
        socket.readBytesMax = 1 + (plan & 127);
        rig.settle();
    }

    /** Each request was answered once, in order, with the right ending, and the stream is whole. */
    private static void judge(FakeSocket socket, NaiveSession expected) {
        AnswerReader peer = socket.peer;
        boolean isDropped = socket.end.isClosed && peer.ended == null;
        List<Ending> endings = new ArrayList<>();
        peer.answers.forEach(answer ->
                endings.add(new Ending(answer.request(), answer.code(), answer.reports().size())));
        endings.replaceAll(SessionTargets::withoutReportsOfFailure);
        if (isDropped && expected.mayBeDropped) {
            assertThat(expected.endings).startsWith(endings.toArray(Ending[]::new));
            return;
        }
        assertThat(isDropped).as("dropped without a word").isFalse();
        assertThat(endings).isEqualTo(expected.endings);
        assertThat(peer.readies).isEqualTo(expected.readies);
        assertThat(peer.ended).isEqualTo(expected.isViolated ? Code.PROTOCOL : null);
        assertThat(socket.end.isFinished).isEqualTo(expected.isViolated);
        assertThat(peer.unfinished()).isZero();
    }

    /** What came before a failure is worth nothing, however much it was. */
    private static Ending withoutReportsOfFailure(Ending ending) {
        return ending.code() == null ? ending : new Ending(ending.request(), ending.code(), 0);
    }

    private static void nothingIsLeft(Rig rig) {
        rig.transport.sockets.forEach(FakeSocket::close);
        rig.settle();
        assertThat(rig.door.connections()).isZero();
        assertThat(rig.door.inFlight()).isZero();
        assertThat(rig.transport.chunksInUse()).isZero();
    }

    /**
     * With authentication. In an even plan the bytes are the stream; in an odd one they change the
     * one right answer to the challenge, bit by bit, and what is left over follows it.
     */
    static boolean login(byte[] bytes) {
        if (bytes.length < PLAN_BYTES) {
            return false;
        }
        Rig rig = rig(bytes[1], KEYS);
        FakeSocket socket = rig.transport.connect();
        byte[] good = answer(Objects.requireNonNull(socket.peer.challenge));
        byte[] stream = Arrays.copyOfRange(bytes, PLAN_BYTES, bytes.length);
        if ((bytes[1] & 1) == 1) {
            stream = changed(good, stream);
        }
        boolean isGood = isGood(stream, good);
        feed(rig, socket, stream, bytes[0]);
        if (isGood) {
            long client = Transcript.client(TRADER.key.publicKey(), 0);
            NaiveSession expected = new NaiveSession(client, ANSWER_BYTES_MAX);
            expected.read(stream, good.length);
            judge(socket, expected);
        } else {
            assertThat(socket.peer.readies).as("let in").isZero();
            assertThat(socket.peer.answers).isEmpty();
            assertThat(socket.peer.ended).isIn(null, Code.PROTOCOL);
            assertThat(rig.node.sequence()).isZero();
        }
        nothingIsLeft(rig);
        return isGood;
    }

    private static byte[] answer(ChallengeFrame challenge) {
        return TRADER.answer(challenge).array();
    }

    private static byte[] changed(byte[] good, byte[] changes) {
        byte[] stream = Arrays.copyOf(good, Math.max(good.length, changes.length));
        for (int i = 0; i < changes.length; i++) {
            stream[i] ^= changes[i];
        }
        return stream;
    }

    /** The number of the frame says nothing. */
    private static boolean isGood(byte[] stream, byte[] good) {
        int from = Integer.BYTES;
        int to = from + Long.BYTES;
        return stream.length >= good.length
                && Arrays.equals(stream, 0, from, good, 0, from)
                && Arrays.equals(stream, to, good.length, good, to, good.length);
    }

    /** A tag, then the payload; the event is the payload, and a report's frame holds the report. */
    static boolean defaultProtocol(byte[] bytes) {
        if (bytes.length == 0) {
            return false;
        }
        ByteBuffer payload = ByteBuffer.wrap(bytes, 1, bytes.length - 1);
        Given given = new Given();
        DefaultProtocol protocol = new DefaultProtocol();
        long allocated =
                AllocatedBytes.least(() -> protocol.decode(bytes[0], payload.duplicate(), given));
        assertThat(allocated).isLessThan(DECODED_BYTES_MAX);
        given.event = null;
        Protocol.Decoded decoded = protocol.decode(bytes[0], payload, given);
        if (decoded != Protocol.Decoded.EVENT) {
            assertThat(decoded).isEqualTo(Protocol.Decoded.UNKNOWN_TAG);
            assertThat(given.event).isNull();
            assertThat(bytes[0]).isNotEqualTo(Tag.EVENT);
            return false;
        }
        ByteBuffer event = Objects.requireNonNull(given.event);
        assertThat(event.slice()).isEqualTo(ByteBuffer.wrap(bytes, 1, bytes.length - 1).slice());
        protocol.encode(event, given);
        assertThat(given.frame.flip().remaining()).isEqualTo(bytes.length - 1);
        assertThat(given.frame).isEqualTo(ByteBuffer.wrap(bytes, 1, bytes.length - 1));
        return true;
    }

    /** Whatever a protocol gives on. */
    private static final class Given implements RequestSink, FrameSink {
        @Nullable ByteBuffer event;
        ByteBuffer frame = ByteBuffer.allocate(0);

        @Override
        public Protocol.Decoded event(ByteBuffer given) {
            event = given;
            return Protocol.Decoded.EVENT;
        }

        @Override
        public Protocol.Decoded query(GatewayQuery query) {
            throw new AssertionError("it has no queries");
        }

        @Override
        public ByteBuffer scratch() {
            throw new AssertionError("it needs none");
        }

        @Override
        public ByteBuffer begin(byte tag, int payloadBytes) {
            assertThat(tag).isEqualTo(Tag.REPORT);
            frame = ByteBuffer.allocate(payloadBytes).order(ByteOrder.LITTLE_ENDIAN);
            return frame;
        }

        @Override
        public void end() {
            assertThat(frame.hasRemaining()).isFalse();
        }
    }
}
