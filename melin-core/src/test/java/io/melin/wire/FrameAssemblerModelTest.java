package io.melin.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.melin.testing.Seeds;
import io.melin.wire.FrameAssembler.Verdict;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** {@link FrameAssembler} F1 and F2 against {@link NaiveFrames}. */
class FrameAssemblerModelTest {
    private static final int ROUNDS = 2_000;

    @TestFactory
    Stream<DynamicTest> anyPiecesGiveTheFramesOfTheWholeStream() {
        return Seeds.each(getClass(), this::anyPiecesGiveTheFramesOfTheWholeStream);
    }

    private void anyPiecesGiveTheFramesOfTheWholeStream(Random random, String repro) {
        int invalid = 0;
        int frames = 0;
        for (int round = 0; round < ROUNDS; round++) {
            int bodyBytesMax = 1 + random.nextInt(random.nextBoolean() ? 300 : 20_000);
            byte[] stream = stream(random, bodyBytesMax);
            NaiveFrames expected = NaiveFrames.of(stream, bodyBytesMax);
            compare(random, stream, bodyBytesMax, expected, repro + ", round " + round);
            invalid += expected.isInvalid() ? 1 : 0;
            frames += expected.bodies().size();
        }
        assertThat(invalid).as(repro).isBetween(ROUNDS / 10, ROUNDS - ROUNDS / 10);
        assertThat(frames).as(repro).isGreaterThan(10 * ROUNDS);
    }

    private static void compare(
            Random random, byte[] stream, int bodyBytesMax, NaiveFrames expected, String repro) {
        FrameAssembler frames = new FrameAssembler(bodyBytesMax);
        int pieceMax = 1 + random.nextInt(random.nextBoolean() ? 7 : 2_000);
        int found = 0;
        int at = 0;
        while (at < stream.length) {
            int count = Math.min(1 + random.nextInt(pieceMax), stream.length - at);
            frames.add(piece(random, stream, at, count));
            at += count;
            while (frames.peek() == Verdict.FRAME) {
                assertThat(frames.body())
                        .as(repro)
                        .isEqualTo(ByteBuffer.wrap(expected.bodies().get(found++)));
                frames.consume();
            }
            if (frames.peek() == Verdict.INVALID) {
                assertThat(expected.isInvalid()).as(repro).isTrue();
                assertThat(found).as(repro).isEqualTo(expected.bodies().size());
                return; // as soon as the length is there, however much of the stream is left
            }
            int held = Integer.BYTES + bodyBytesMax;
            boolean isBounded =
                    frames.buffered() < held
                            && frames.capacity() <= Math.max(4_096, 2 * (held + pieceMax));
            if (!isBounded) { // an assertion for each piece would be most of this test's time
                fail(repro + ": buffered=" + frames.buffered() + ", capacity=" + frames.capacity());
            }
        }
        assertThat(found).as(repro).isEqualTo(expected.bodies().size());
        assertThat(frames.buffered()).as(repro).isEqualTo(expected.rest());
        assertThat(expected.isInvalid()).as(repro).isFalse();
    }

    private static ByteBuffer piece(Random random, byte[] stream, int at, int count) {
        return random.nextBoolean()
                ? ByteBuffer.wrap(stream, at, count)
                : ByteBuffer.allocateDirect(count).put(stream, at, count).flip();
    }

    /** Mostly frames; in every third stream a few bytes of a length are anything. */
    private static byte[] stream(Random random, int bodyBytesMax) {
        int frames = 1 + random.nextInt(60);
        ByteBuffer stream =
                ByteBuffer.allocate(frames * (4 + Math.min(bodyBytesMax, 2_000)))
                        .order(ByteOrder.LITTLE_ENDIAN);
        boolean isSpoiled = random.nextInt(3) == 0;
        for (int i = 0; i < frames; i++) {
            int length = 1 + random.nextInt(Math.min(bodyBytesMax, 2_000));
            byte[] body = new byte[length];
            random.nextBytes(body);
            int claimed =
                    isSpoiled && random.nextInt(20) == 0
                            ? length ^ random.nextInt() << random.nextInt(32)
                            : length;
            stream.putInt(claimed).put(body);
        }
        int cut = random.nextInt(8);
        byte[] bytes = new byte[Math.max(0, stream.position() - cut)];
        stream.get(0, bytes);
        return bytes;
    }
}
