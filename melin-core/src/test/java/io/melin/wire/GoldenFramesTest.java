package io.melin.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.melin.testing.HexFile;
import io.melin.wire.Ed25519.SigningKey;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every frame against bytes that were made once by other means than the code under test. */
class GoldenFramesTest {
    private static final long TIME_NS = 1_700_000_000_000_000_001L;
    private static final long CLIENT = 0x070732BFCB6D581DL;
    private static final byte[] NONCE = counting(0x20);
    private static final byte[] CLIENT_NONCE = counting(0x60);
    private static final ChallengeFrame CHALLENGE = new ChallengeFrame(NONCE, 1, "börse-1");
    private static final SigningKey KEY = Vectors.ALL.get(0).key();
    private static final int LANE = 3;

    /** A frame, how it is written, where its payload begins and what decodes it. */
    private record Golden(
            String name, int payload, Consumer<ByteBuffer> write, Predicate<byte[]> decoder) {
        byte[] bytes() {
            return HexFile.bytes(GoldenFramesTest.class, name);
        }

        byte[] payloadBytes() {
            return Arrays.copyOfRange(bytes(), payload, bytes().length);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private static Stream<Golden> frames() {
        return Stream.concat(ofClients(), ofServers());
    }

    private static Stream<Golden> ofClients() {
        return Stream.of(
                client("client-heartbeat", "", out -> begin(out, 0, Tag.HEARTBEAT, "")),
                client("challenge-response", "challengeResponseFrame", response()::write),
                client(
                        "identify",
                        "identifyFrame",
                        out -> IdentifyFrame.write(out, 0x1122334455667788L)),
                client(
                        "query-highest-request",
                        "",
                        out -> begin(out, 1_002, Tag.QUERY_HIGHEST_REQUEST, "")),
                client("event", "", out -> begin(out, 1, Tag.EVENT, "hello")));
    }

    private static Stream<Golden> ofServers() {
        return Stream.of(
                server("server-heartbeat", "", out -> begin(out, Tag.HEARTBEAT, "")),
                server("challenge", "challengeFrame", CHALLENGE::write),
                server(
                        "authentication-failed",
                        "",
                        out ->
                                ResponseFrame.begin(out, Tag.AUTHENTICATION_FAILED, 1)
                                        .put((byte) 0)),
                server(
                        "ready",
                        "readyFrame",
                        new ReadyFrame(Role.UNRESTRICTED, 0, 65_536, 256, 30_000)::write),
                server(
                        "ready-authenticated",
                        "readyFrame",
                        new ReadyFrame(Role.TRADER, CLIENT, 65_536, 256, 30_000)::write),
                server(
                        "highest-request",
                        "",
                        out ->
                                ResponseFrame.begin(out, Tag.HIGHEST_REQUEST, Long.BYTES)
                                        .putLong(1_001)),
                server("report", "", out -> begin(out, Tag.REPORT, "HELLO")),
                server("end", "endFrame", out -> EndFrame.write(out, 1, 7, TIME_NS, false)),
                server("end-repeated", "endFrame", out -> EndFrame.write(out, 1, 7, TIME_NS, true)),
                server("rejected", "errorFrame", GoldenFramesTest::writeRejected),
                server("error", "errorFrame", GoldenFramesTest::writeError),
                server("busy", "busyFrame", out -> BusyFrame.write(out, 1_004, Code.OVERLOADED)));
    }

    @ParameterizedTest
    @MethodSource("frames")
    void areWrittenSo(Golden golden) {
        ByteBuffer out =
                ByteBuffer.allocate(golden.bytes().length + 8).order(ByteOrder.LITTLE_ENDIAN);
        out.position(3);

        golden.write().accept(out);

        assertThat(Arrays.copyOfRange(out.array(), 3, out.position())).isEqualTo(golden.bytes());
    }

    @ParameterizedTest
    @MethodSource("decoded")
    void areReadAndBecomeTheSameBytesAgain(Golden golden) {
        assertThat(golden.decoder().test(golden.payloadBytes())).isTrue();
    }

    /** Of a text any part is one, so only what comes before it is cut. */
    @ParameterizedTest
    @MethodSource("decoded")
    void areRefusedWhenCutAtAnyLength(Golden golden) {
        byte[] payload = golden.payloadBytes();
        boolean endsInText = golden.name().equals("error") || golden.name().equals("rejected");
        for (int length = 0; length < payload.length; length++) {
            byte[] cut = Arrays.copyOf(payload, length);

            assertThat(golden.decoder().test(cut))
                    .as("length %d", length)
                    .isEqualTo(endsInText && length >= ErrorFrame.TEXT);
        }
    }

    @ParameterizedTest
    @MethodSource("decoded")
    void areRefusedOrReadAsAnotherValueWithAnyBitFlipped(Golden golden) {
        byte[] payload = golden.payloadBytes();
        int refused = 0;
        for (int bit = 0; bit < payload.length * Byte.SIZE; bit++) {
            byte[] flipped = payload.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);

            refused += golden.decoder().test(flipped) ? 0 : 1;
        }
        System.out.printf("%s: refused %d of %d flips%n", golden, refused, payload.length * 8);
    }

    @ParameterizedTest
    @MethodSource("decoded")
    void areRefusedOrReadWithMoreBytesBehind(Golden golden) {
        byte[] payload = golden.payloadBytes();
        boolean endsInText = golden.name().equals("error") || golden.name().equals("rejected");

        assertThat(golden.decoder().test(Arrays.copyOf(payload, payload.length + 1)))
                .isEqualTo(endsInText);
    }

    @Test
    void haveTheSizesOfTheirConstants() {
        assertThat(bytes("challenge-response")).hasSize(ChallengeResponseFrame.FRAME_BYTES);
        assertThat(bytes("identify")).hasSize(IdentifyFrame.FRAME_BYTES);
        assertThat(bytes("ready")).hasSize(ReadyFrame.FRAME_BYTES);
        assertThat(bytes("end")).hasSize(EndFrame.FRAME_BYTES);
        assertThat(bytes("busy")).hasSize(BusyFrame.FRAME_BYTES);
        assertThat(bytes("error")).hasSize(ErrorFrame.FRAME_BYTES_MIN + "length 0".length());
        assertThat(bytes("challenge"))
                .hasSize(ChallengeFrame.FRAME_BYTES_MAX - Transcript.SERVER_BYTES_MAX + 8);
    }

    @Test
    void readTheChallengeAsItWasSent() {
        ChallengeFrame read =
                Objects.requireNonNull(
                        ChallengeFrame.read(
                                WireTargets.payload(payload("challenge", ResponseFrame.PAYLOAD))));

        assertThat(read.server()).isEqualTo("börse-1");
        assertThat(read.version()).isEqualTo(1);
        assertThat(read.nonce()).isEqualTo(NONCE);
    }

    /** The signature was made by another implementation over the golden transcript. */
    @Test
    void signTheGoldenTranscript() {
        byte[] signed = Transcript.of(CHALLENGE, CLIENT_NONCE, KEY.publicKey(), LANE);
        ChallengeResponseFrame response =
                Objects.requireNonNull(
                        ChallengeResponseFrame.read(
                                WireTargets.payload(
                                        payload("challenge-response", RequestFrame.PAYLOAD))));

        assertThat(signed).isEqualTo(bytes("transcript"));
        assertThat(response.signature()).isEqualTo(KEY.sign(signed));
        assertThat(response.publicKey()).isEqualTo(KEY.publicKey());
        assertThat(response.clientNonce()).isEqualTo(CLIENT_NONCE);
        assertThat(response.lane()).isEqualTo(LANE);
        assertThat(Ed25519.verify(response.publicKey(), signed, response.signature())).isTrue();
        assertThat(Transcript.client(response.publicKey(), response.lane())).isEqualTo(CLIENT);
    }

    private static Stream<Golden> decoded() {
        return frames().filter(golden -> WireTargets.ALL.containsValue(golden.decoder()));
    }

    private static ChallengeResponseFrame response() {
        byte[] signed = Transcript.of(CHALLENGE, CLIENT_NONCE, KEY.publicKey(), LANE);
        return new ChallengeResponseFrame(KEY.sign(signed), KEY.publicKey(), CLIENT_NONCE, 1, LANE);
    }

    private static void writeRejected(ByteBuffer out) {
        byte[] text = ErrorFrame.text("zu groß");
        ErrorFrame.beginRejected(out, 1_003, 9, TIME_NS, true, text.length).put(text);
    }

    private static void writeError(ByteBuffer out) {
        byte[] text = ErrorFrame.text("length 0");
        ErrorFrame.begin(out, 0, Code.PROTOCOL, text.length).put(text);
    }

    private static Golden client(String name, String target, Consumer<ByteBuffer> write) {
        return new Golden(name, RequestFrame.PAYLOAD, write, target(target));
    }

    private static Golden server(String name, String target, Consumer<ByteBuffer> write) {
        return new Golden(name, ResponseFrame.PAYLOAD, write, target(target));
    }

    private static Predicate<byte[]> target(String name) {
        return WireTargets.ALL.getOrDefault(name, payload -> true);
    }

    private static void begin(ByteBuffer out, long request, byte tag, String payload) {
        RequestFrame.begin(out, request, tag, payload.length()).put(ascii(payload));
    }

    private static void begin(ByteBuffer out, byte tag, String payload) {
        ResponseFrame.begin(out, tag, payload.length()).put(ascii(payload));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] bytes(String name) {
        return HexFile.bytes(GoldenFramesTest.class, name);
    }

    private static byte[] payload(String name, int from) {
        return Arrays.copyOfRange(bytes(name), from, bytes(name).length);
    }

    private static byte[] counting(int first) {
        byte[] bytes = new byte[Transcript.NONCE_BYTES];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (first + i);
        }
        return bytes;
    }
}
