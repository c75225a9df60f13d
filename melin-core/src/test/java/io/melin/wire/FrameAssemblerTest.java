package io.melin.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.melin.testing.AllocatedBytes;
import io.melin.wire.FrameAssembler.Verdict;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FrameAssemblerTest {
    private static final int BODY_BYTES_MAX = 64;
    private final FrameAssembler frames = new FrameAssembler(BODY_BYTES_MAX);

    @Test
    void givesSeveralFramesOfOnePieceInOrder() {
        frames.add(stream("one", "two", "three"));

        assertThat(next()).isEqualTo("one");
        assertThat(next()).isEqualTo("two");
        assertThat(next()).isEqualTo("three");
        assertThat(frames.peek()).isEqualTo(Verdict.INCOMPLETE);
        assertThat(frames.buffered()).isZero();
    }

    @Test
    void looksWithoutTaking() {
        frames.add(stream("one", "two"));

        for (int i = 0; i < 3; i++) {
            assertThat(frames.peek()).isEqualTo(Verdict.FRAME);
            assertThat(text(frames.body())).isEqualTo("one");
            assertThat(frames.claimedLength()).isEqualTo(3);
        }
        assertThat(frames.buffered()).isEqualTo(2 * (Integer.BYTES + 3));
    }

    @Test
    void dropsAFrameThatWasNotRead() {
        frames.add(stream("one", "two"));

        frames.consume();

        assertThat(next()).isEqualTo("two");
    }

    @Test
    void takesMoreWhileAFrameLiesAtTheHead() {
        frames.add(stream("one"));
        frames.body();

        frames.add(stream("two"));

        assertThat(next()).isEqualTo("one");
        assertThat(next()).isEqualTo("two");
    }

    @Test
    void isNotMovedByWhatAReaderDoesToABody() {
        frames.add(stream("first", "second"));

        frames.body().order(ByteOrder.BIG_ENDIAN).position(7).limit(8);

        assertThat(frames.body().order()).isEqualTo(ByteOrder.LITTLE_ENDIAN);
        assertThat(next()).isEqualTo("first");
        assertThat(next()).isEqualTo("second");
    }

    @Test
    void leavesItsSourceReadAndOtherwiseAsItWas() {
        ByteBuffer source = ByteBuffer.allocateDirect(16).order(ByteOrder.BIG_ENDIAN);
        source.position(3).put(bytes("abc")).flip().position(3);

        frames.add(source);

        assertThat(source.hasRemaining()).isFalse();
        assertThat(source.order()).isEqualTo(ByteOrder.BIG_ENDIAN);
        assertThat(next()).isEqualTo("abc");
    }

    @Test
    void takesFramesByteByByte() {
        byte[] stream = stream("", "a", "bc", "d".repeat(BODY_BYTES_MAX)).array();
        StringBuilder read = new StringBuilder();
        for (int i = Integer.BYTES; i < stream.length; i++) { // without the empty frame
            frames.add(ByteBuffer.wrap(stream, i, 1));
            while (frames.peek() == Verdict.FRAME) {
                read.append(next()).append(' ');
            }
        }

        assertThat(read).hasToString("a bc " + "d".repeat(BODY_BYTES_MAX) + " ");
        assertThat(frames.buffered()).isZero();
    }

    /** {@link FrameAssembler} F1. */
    @Test
    void refusesAnInvalidLengthAsSoonAsItIsThere() {
        for (int length : new int[] {0, -1, Integer.MIN_VALUE, 65, Integer.MAX_VALUE}) {
            frames.clear();
            ByteBuffer head = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN);
            head.putInt(0, length);

            frames.add(head.duplicate().limit(3));
            assertThat(frames.peek()).isEqualTo(Verdict.INCOMPLETE);

            frames.add(head.position(3));
            assertThat(frames.peek()).as("length %d", length).isEqualTo(Verdict.INVALID);
            assertThat(frames.claimedLength()).isEqualTo(length);
            assertThat(frames.peek()).isEqualTo(Verdict.INVALID);
        }
    }

    @Test
    void givesWhatCameBeforeAnInvalidLength() {
        frames.add(stream("one", "", "three"));

        assertThat(next()).isEqualTo("one");
        assertThat(frames.peek()).isEqualTo(Verdict.INVALID);
        assertThat(frames.claimedLength()).isZero();
    }

    @Test
    void takesTheLargestBodyAndNoLargerOne() {
        frames.add(stream("d".repeat(BODY_BYTES_MAX)));
        assertThat(next()).hasSize(BODY_BYTES_MAX);

        frames.add(stream("d".repeat(BODY_BYTES_MAX + 1)));
        assertThat(frames.peek()).isEqualTo(Verdict.INVALID);

        frames.limit(BODY_BYTES_MAX + 1);
        assertThat(next()).hasSize(BODY_BYTES_MAX + 1);
    }

    @Test
    void refusesALimitWithoutRoomForAFrame() {
        assertThatThrownBy(() -> frames.limit(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("bodyBytesMax must be 1 or more: bodyBytesMax=0");
        assertThatThrownBy(() -> new FrameAssembler(-1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void failsWhoeverConsumesWhatIsNoFrame() {
        frames.add(stream("one").limit(6));

        assertThatThrownBy(frames::consume).isInstanceOf(AssertionError.class);
        assertThatThrownBy(frames::body).isInstanceOf(AssertionError.class);
    }

    @Test
    void forgetsEverythingWhenCleared() {
        frames.add(stream("one", "two").limit(9));

        frames.clear();

        assertThat(frames.buffered()).isZero();
        assertThat(frames.peek()).isEqualTo(Verdict.INCOMPLETE);
        frames.add(stream("three"));
        assertThat(next()).isEqualTo("three");
    }

    /** {@link FrameAssembler} F2: a stream of any length, in pieces that never end where a frame does. */
    @Test
    void holdsNoMoreThanALargestFrameAndAPiece() {
        FrameAssembler frames = new FrameAssembler(100_000);
        byte[] piece = new byte[7_919];
        byte[] stream = stream("d".repeat(100_000), "e", "f".repeat(4_000)).array();
        long at = 0;
        for (int round = 0; round < 2_000; round++) {
            for (int i = 0; i < piece.length; i++) {
                piece[i] = stream[(int) (at++ % stream.length)];
            }
            frames.add(ByteBuffer.wrap(piece));
            while (frames.peek() == Verdict.FRAME) {
                frames.consume();
            }
            assertThat(frames.buffered()).isLessThan(Integer.BYTES + 100_000);
            assertThat(frames.capacity()).isLessThan(2 * (Integer.BYTES + 100_000 + piece.length));
        }
    }

    /** {@link FrameAssembler} F2. */
    @Test
    void givesLargeMemoryBackWhenItRunsEmpty() {
        FrameAssembler frames = new FrameAssembler(1 << 20);
        int before = frames.capacity();
        frames.add(stream("d".repeat(1 << 20)));
        assertThat(frames.capacity()).isGreaterThan(1 << 20);

        frames.consume();

        assertThat(frames.capacity()).isEqualTo(before);
    }

    @Test
    void allocatesNothingOnceItHasGrown() {
        FrameAssembler frames = new FrameAssembler(10_000);
        ByteBuffer stream = stream("a", "b".repeat(100), "c".repeat(10_000), "d".repeat(1_500));
        long allocated = AllocatedBytes.during(() -> feed(frames, stream));

        System.out.println("frame assembler: allocatedBytes=" + allocated);
        assertThat(allocated).isLessThan(1_000);
    }

    /**
     * Reads of 64 KiB that end within a frame, on one connection after the other: the burst of one
     * leaves its memory to the next.
     */
    @Test
    void burstsOfManyConnectionsShareMemory() {
        FrameMemory memory = new FrameMemory(1 << 18);
        List<FrameAssembler> all = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            all.add(new FrameAssembler(100, memory));
        }
        ByteBuffer read = ByteBuffer.allocate(631 * 104).order(ByteOrder.LITTLE_ENDIAN);
        while (read.hasRemaining()) {
            read.putInt(100).position(read.position() + 100);
        }
        burst(all, read);

        long allocated = AllocatedBytes.during(() -> burst(all, read));

        System.out.println("bursts of connections: allocatedBytes=" + allocated);
        assertThat(allocated).isLessThan(10_000);
        assertThat(memory.keptBytes()).isBetween(1L << 17, 1L << 18);
        assertThat(all).allMatch(one -> one.capacity() == 4_096);
    }

    private static void burst(List<FrameAssembler> all, ByteBuffer read) {
        for (FrameAssembler one : all) {
            one.add(read.clear().limit(1 << 16));
            drop(one);
            int cut = one.buffered();
            one.add(read.clear().limit(cut + (1 << 16)).position(cut));
            drop(one);
            one.clear();
        }
    }

    private static void drop(FrameAssembler one) {
        while (one.peek() == Verdict.FRAME) {
            one.consume();
        }
    }

    /** A hundred thousand pieces of 1 to 1,500 bytes. */
    private static void feed(FrameAssembler frames, ByteBuffer stream) {
        int read = 0;
        for (int piece = 0; piece < 100_000; piece++) {
            if (!stream.hasRemaining()) {
                stream.clear();
            }
            int limit = stream.limit();
            stream.limit(Math.min(limit, stream.position() + 1 + piece * 31 % 1_500));
            frames.add(stream);
            stream.limit(limit);
            while (frames.peek() == Verdict.FRAME) {
                ByteBuffer body = frames.body();
                read += body.get(body.position()) + body.remaining();
                frames.consume();
            }
        }
        assertThat(read).isPositive();
    }

    private String next() {
        assertThat(frames.peek()).isEqualTo(Verdict.FRAME);
        String text = text(frames.body());
        frames.consume();
        return text;
    }

    private static String text(ByteBuffer body) {
        byte[] bytes = new byte[body.remaining()];
        body.get(bytes);
        return new String(bytes, StandardCharsets.US_ASCII);
    }

    private static byte[] bytes(String body) {
        return stream(body).array();
    }

    private static ByteBuffer stream(String... bodies) {
        int size = 0;
        for (String body : bodies) {
            size += Integer.BYTES + body.length();
        }
        ByteBuffer stream = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        for (String body : bodies) {
            stream.putInt(body.length()).put(body.getBytes(StandardCharsets.US_ASCII));
        }
        return stream.flip();
    }
}
