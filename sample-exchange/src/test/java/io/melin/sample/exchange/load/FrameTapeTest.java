package io.melin.sample.exchange.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.melin.sample.exchange.Seeds;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class FrameTapeTest {

    /** A channel that takes a few bytes at a time, as a full socket does. */
    private static final class Trickle implements WritableByteChannel {
        private final ByteArrayOutputStream taken = new ByteArrayOutputStream();
        private final SplittableRandom random;

        Trickle(SplittableRandom random) {
            this.random = random;
        }

        @Override
        public int write(ByteBuffer source) {
            int count = Math.min(source.remaining(), random.nextInt(200));
            for (int i = 0; i < count; i++) {
                taken.write(source.get());
            }
            return count;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {}
    }

    /** T1 of FrameTape, and that its frames leave whole, in order and once on each connection. */
    @Test
    void givesOutWhatWasGeneratedThoughTheRingGoesRound() throws IOException {
        for (long seed : Seeds.of("FrameTapeTest", 20)) {
            SplittableRandom random = Seeds.random(seed);
            FrameTape tape = new FrameTape(8);
            OrderFlow source = source(seed);
            Trickle trickle = new Trickle(random);
            long first = 1;
            for (int round = 0; round < 3_000; round++) {
                tape.fill(source);
                while (tape.launched() < tape.generated() && random.nextInt(4) > 0) {
                    tape.launch(round);
                }
                boolean isAll = tape.write(trickle);
                if (isAll && tape.inFlight() > 0 && random.nextBoolean()) {
                    tape.release();
                }
                if (random.nextInt(500) == 0) {
                    check(trickle, first, seed);
                    trickle = new Trickle(random);
                    first = tape.answered() + 1;
                    tape.rewind();
                }
            }
            check(trickle, first, seed);
        }
    }

    @Test
    void knowsWhatItHolds() {
        FrameTape tape = new FrameTape(4);
        tape.startBehind(100);
        tape.fill(source(1));

        assertThat(tape.generated()).isEqualTo(103);
        assertThat(tape.launched()).isEqualTo(100);
        tape.launch(7);
        assertThat(tape.timeNs(101)).isEqualTo(7);
        assertThat(tape.tag(101)).isEqualTo((byte) 0x10);
        assertThat(tape.orderId(101)).isEqualTo(1L << 48);
        assertThat(tape.inFlight()).isEqualTo(1);
    }

    /** Compares with what the same source writes without a ring, but for a cut at the end. */
    private static void check(Trickle trickle, long first, long seed) {
        OrderFlow twin = source(seed);
        ByteBuffer sent =
                ByteBuffer.wrap(trickle.taken.toByteArray()).order(ByteOrder.LITTLE_ENDIAN);
        ByteBuffer frame = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
        long number = 1;
        for (; number < first; number++) {
            twin.write(frame.clear(), number);
        }
        while (sent.hasRemaining()) {
            twin.write(frame.clear(), number++);
            int count = Math.min(frame.position(), sent.remaining());
            assertThat(sent.slice(sent.position(), count))
                    .as("seed=%d, request=%d", seed, number - 1)
                    .isEqualTo(frame.slice(0, count));
            sent.position(sent.position() + count);
        }
    }

    private static OrderFlow source(long seed) {
        Draws draws = new Draws(Draws.random(Flow.FIXED, seed, 0), Flow.FIXED, Market.of(100, 10));
        return new OrderFlow(draws, new LiveOrders(50), Flow.FIXED, 1L << 48);
    }
}
