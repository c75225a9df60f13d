package io.melin.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.melin.wire.Ed25519.SigningKey;
import io.melin.wire.FrameAssembler.Verdict;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * What each decoder must do with any bytes at all: give a verdict, or a value that becomes the same
 * bytes again. One check a decoder, for flipped bits, cut frames, seeds and the fuzzer.
 *
 * <p>Each gives whether the bytes were accepted and fails if the decoder is not total.
 */
final class WireTargets {
    static final Map<String, Predicate<byte[]>> ALL =
            Map.ofEntries(
                    Map.entry("challengeFrame", WireTargets::challengeFrame),
                    Map.entry("challengeResponseFrame", WireTargets::challengeResponseFrame),
                    Map.entry("readyFrame", WireTargets::readyFrame),
                    Map.entry("identifyFrame", WireTargets::identifyFrame),
                    Map.entry("endFrame", WireTargets::endFrame),
                    Map.entry("errorFrame", WireTargets::errorFrame),
                    Map.entry("busyFrame", WireTargets::busyFrame),
                    Map.entry("frameAssembler", WireTargets::frameAssembler),
                    Map.entry("signature", WireTargets::signature),
                    Map.entry("signingKey", WireTargets::signingKey));

    private WireTargets() {}

    static boolean challengeFrame(byte[] bytes) {
        ChallengeFrame frame = ChallengeFrame.read(payload(bytes));
        if (frame == null) {
            return false;
        }
        assertThat(ChallengeFrame.FRAME_BYTES_MAX)
                .isGreaterThanOrEqualTo(ResponseFrame.PAYLOAD + bytes.length);
        same(bytes, ResponseFrame.PAYLOAD, frame::write);
        byte[] nonce = new byte[Transcript.NONCE_BYTES];
        byte[] signed = Transcript.of(frame, nonce, new byte[Ed25519.KEY_BYTES], 0);
        assertThat(signed).endsWith(Arrays.copyOfRange(bytes, ChallengeFrame.SERVER, bytes.length));
        return true;
    }

    static boolean challengeResponseFrame(byte[] bytes) {
        ChallengeResponseFrame frame = ChallengeResponseFrame.read(payload(bytes));
        if (frame == null) {
            return false;
        }
        same(bytes, RequestFrame.PAYLOAD, frame::write);
        return true;
    }

    static boolean readyFrame(byte[] bytes) {
        ReadyFrame frame = ReadyFrame.read(payload(bytes));
        if (frame == null) {
            return false;
        }
        same(bytes, ResponseFrame.PAYLOAD, frame::write);
        return true;
    }

    static boolean identifyFrame(byte[] bytes) {
        long client = IdentifyFrame.client(payload(bytes));
        if (client == 0) {
            return false;
        }
        same(bytes, RequestFrame.PAYLOAD, out -> IdentifyFrame.write(out, client));
        return true;
    }

    static boolean endFrame(byte[] bytes) {
        ByteBuffer payload = payload(bytes);
        if (!EndFrame.isValid(payload)) {
            return false;
        }
        int start = payload.position();
        same(
                bytes,
                ResponseFrame.PAYLOAD,
                out ->
                        EndFrame.write(
                                out,
                                payload.getLong(start + EndFrame.REQUEST),
                                payload.getLong(start + EndFrame.SEQUENCE),
                                payload.getLong(start + EndFrame.TIME_NS),
                                payload.get(start + EndFrame.FLAGS) == EndFrame.DUPLICATE));
        return true;
    }

    static boolean errorFrame(byte[] bytes) {
        ByteBuffer payload = payload(bytes);
        if (!ErrorFrame.isValid(payload)) {
            return false;
        }
        int start = payload.position();
        long request = payload.getLong(start + ErrorFrame.REQUEST);
        byte[] text = Arrays.copyOfRange(bytes, ErrorFrame.TEXT, bytes.length);
        Code code = Objects.requireNonNull(Code.of(payload.get(start + ErrorFrame.CODE)));
        assertThat(ErrorFrame.text(payload)).isEqualTo(new String(text, StandardCharsets.UTF_8));
        same(
                bytes,
                ResponseFrame.PAYLOAD,
                out -> {
                    if (code == Code.REJECTED) {
                        ErrorFrame.beginRejected(
                                out,
                                request,
                                payload.getLong(start + ErrorFrame.SEQUENCE),
                                payload.getLong(start + ErrorFrame.TIME_NS),
                                payload.get(start + ErrorFrame.FLAGS) == EndFrame.DUPLICATE,
                                text.length);
                    } else {
                        ErrorFrame.begin(out, request, code, text.length);
                    }
                    out.put(text);
                });
        return true;
    }

    static boolean busyFrame(byte[] bytes) {
        ByteBuffer payload = payload(bytes);
        if (!BusyFrame.isValid(payload)) {
            return false;
        }
        int start = payload.position();
        Code code = Objects.requireNonNull(Code.of(payload.get(start + BusyFrame.CODE)));
        long request = payload.getLong(start + BusyFrame.REQUEST);
        same(bytes, ResponseFrame.PAYLOAD, out -> BusyFrame.write(out, request, code));
        return true;
    }

    /**
     * One byte of limit, one of how long the pieces are, then the stream; repeated, if that byte is
     * odd, until it does not fit in the first memory. {@link FrameAssembler} F1.
     */
    static boolean frameAssembler(byte[] bytes) {
        if (bytes.length < 2) {
            return false;
        }
        int bodyBytesMax = 1 + Byte.toUnsignedInt(bytes[0]);
        byte[] stream = Arrays.copyOfRange(bytes, 2, bytes.length);
        while ((bytes[1] & 1) == 1 && stream.length > 0 && stream.length < 6_000) {
            stream = Arrays.copyOf(stream, 2 * stream.length);
            System.arraycopy(stream, 0, stream, stream.length / 2, stream.length / 2);
        }
        NaiveFrames expected = NaiveFrames.of(stream, bodyBytesMax);
        FrameAssembler frames = new FrameAssembler(bodyBytesMax);
        int found = 0;
        int at = 0;
        for (int piece = bytes[1]; at < stream.length; piece = piece * 31 + 17) {
            int count = Math.min(1 + (piece & 63), stream.length - at);
            frames.add(ByteBuffer.wrap(stream, at, count));
            at += count;
            while (frames.peek() == Verdict.FRAME) {
                ByteBuffer wanted = ByteBuffer.wrap(expected.bodies().get(found++));
                if (!frames.body().equals(wanted)) {
                    fail("frame %d is not that of the stream", found);
                }
                frames.consume();
            }
        }
        assertThat(found).isEqualTo(expected.bodies().size());
        assertThat(frames.buffered()).isEqualTo(expected.rest());
        assertThat(frames.peek())
                .isEqualTo(expected.isInvalid() ? Verdict.INVALID : Verdict.INCOMPLETE);
        return found > 0;
    }

    /** A public key, a signature, and the rest is the message; and all of it in every place. */
    static boolean signature(byte[] bytes) {
        assertThat(Ed25519.verify(bytes, bytes, new byte[Ed25519.SIGNATURE_BYTES])).isFalse();
        assertThat(Ed25519.verify(new byte[Ed25519.KEY_BYTES], bytes, bytes)).isFalse();
        int signatureEnd = Ed25519.KEY_BYTES + Ed25519.SIGNATURE_BYTES;
        byte[] padded = Arrays.copyOf(bytes, Math.max(bytes.length, signatureEnd));
        byte[] key = Arrays.copyOf(padded, Ed25519.KEY_BYTES);
        byte[] signature = Arrays.copyOfRange(padded, Ed25519.KEY_BYTES, signatureEnd);
        byte[] message = Arrays.copyOfRange(padded, signatureEnd, padded.length);
        return Ed25519.verify(key, message, signature);
    }

    static boolean signingKey(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        SigningKey key;
        try {
            key = SigningKey.parse(text);
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessageContaining("signing key");
            return false;
        }
        assertThat(SigningKey.parse(key.toText()).publicKey()).isEqualTo(key.publicKey());
        return true;
    }

    /** As it lies in a received stream: other bytes before it, and behind the limit. */
    static ByteBuffer payload(byte[] bytes) {
        byte[] stream = new byte[bytes.length + 160];
        Arrays.fill(stream, (byte) 0x55);
        System.arraycopy(bytes, 0, stream, 3, bytes.length);
        return ByteBuffer.wrap(stream, 3, bytes.length).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static void same(byte[] payload, int before, Consumer<ByteBuffer> write) {
        int size = before + payload.length;
        ByteBuffer out = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        write.accept(out);
        assertThat(out.remaining()).isZero();
        assertThat(out.getInt(0)).isEqualTo(size - Integer.BYTES);
        assertThat(HexFormat.of().formatHex(out.array(), before, size))
                .isEqualTo(HexFormat.of().formatHex(payload));
    }
}
