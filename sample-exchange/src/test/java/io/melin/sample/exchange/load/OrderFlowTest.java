package io.melin.sample.exchange.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import io.melin.sample.exchange.gateway.ExchangeTag;
import io.melin.sample.exchange.gateway.RequestEncoder;
import io.melin.wire.RequestFrame;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OrderFlowTest {
    private static final int FRAMES = 400_000;
    private static final int TYPE = RequestFrame.PAYLOAD + 17;
    private static final int LIFE_OF_LIMIT = RequestFrame.PAYLOAD + 26;

    private final ByteBuffer out =
            ByteBuffer.allocateDirect(RequestEncoder.FRAME_BYTES_MAX)
                    .order(ByteOrder.LITTLE_ENDIAN);

    @ParameterizedTest
    @EnumSource(Flow.class)
    void mixesSubmitsCancelsAndReplaces(Flow flow) {
        OrderFlow source = source(flow, 1 << 20);
        Map<Byte, Integer> tags = new HashMap<>();
        for (int i = 0; i < FRAMES; i++) {
            tags.merge(next(source, i), 1, Integer::sum);
        }

        assertThat(share(tags, ExchangeTag.SUBMIT)).isCloseTo(0.48, within(0.01));
        assertThat(share(tags, ExchangeTag.CANCEL)).isCloseTo(0.45, within(0.01));
        assertThat(share(tags, ExchangeTag.CANCEL_REPLACE)).isCloseTo(0.07, within(0.005));
    }

    @Test
    void drawsTypesAndLives() {
        Map<String, Integer> kinds = kinds(source(Flow.FIXED, 1 << 20));

        assertThat(share(kinds, "market")).isCloseTo(0.05, within(0.003));
        assertThat(share(kinds, "1/2")).as("FOK").isCloseTo(0.92 * 0.02, within(0.002));
        assertThat(share(kinds, "1/1")).as("IOC").isCloseTo(0.92 * 0.05, within(0.003));
        assertThat(share(kinds, "4/0"))
                .as("post-only")
                .isCloseTo(0.92 * 0.93 * 0.05, within(0.003));
        assertThat(kinds.keySet()).containsOnly("market", "1/0", "1/1", "1/2", "4/0");
    }

    @Test
    void makesOnlyRestingLimitsWhenAsked() {
        assertThat(kinds(source(Flow.LIMIT_ONLY, 1 << 20)).keySet()).containsOnly("1/0");
    }

    /** What one client has live is bounded, and in the end nothing is left. */
    @Test
    void keepsNoMoreOrdersThanItMayAndCancelsAllOfThemInTheEnd() {
        OrderFlow source = source(Flow.LIMIT_ONLY, 100);
        Set<Long> live = new HashSet<>();
        int request = 0;
        for (; request < FRAMES; request++) {
            follow(source, next(source, request), live);
            assertThat(live).hasSizeLessThanOrEqualTo(100);
        }
        source.close();
        out.clear();
        while (source.write(out, request++)) {
            follow(source, out.get(RequestFrame.TAG), live);
            out.clear();
        }
        assertThat(live).isEmpty();
    }

    @Test
    void isTheSameForTheSameSeed() {
        OrderFlow one = source(Flow.FIXED, 100);
        OrderFlow same = source(Flow.FIXED, 100);
        for (int i = 0; i < 10_000; i++) {
            next(one, i);
            ByteBuffer frame = ByteBuffer.allocate(out.position()).put(out.flip()).flip();
            next(same, i);
            assertThat(out.flip()).isEqualTo(frame);
        }
    }

    /** Printed, and held against a bound that a busy machine still meets: 5 million are wanted. */
    @Test
    void generatesFastAndWithoutAllocation() {
        FrameTape tape = new FrameTape(1 << 10);
        OrderFlow source = source(Flow.FIXED, 16_384);
        generate(tape, source, 3_000_000);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().getId();
        double best = 0;
        long before = threads.getThreadAllocatedBytes(thread);

        for (int round = 0; round < 5; round++) {
            long startNs = System.nanoTime();
            generate(tape, source, 1_000_000);
            best = Math.max(best, 1e9 * 1_000_000 / (System.nanoTime() - startNs));
        }
        long allocated = threads.getThreadAllocatedBytes(thread) - before;

        System.out.printf("OrderFlowTest: frames generated a second: %.1f million%n", best / 1e6);
        assertThat(best).isGreaterThan(1_000_000);
        assertThat(allocated).isLessThan(100_000);
    }

    private static void generate(FrameTape tape, OrderFlow source, int frames) {
        long end = tape.generated() + frames;
        while (tape.generated() < end) {
            tape.fill(source);
            while (tape.answered() < tape.generated()) {
                tape.launch(0);
                tape.release();
            }
        }
    }

    private static void follow(OrderFlow source, byte tag, Set<Long> live) {
        if (tag == ExchangeTag.SUBMIT) {
            assertThat(live.add(source.orderId())).as("a new id").isTrue();
        } else if (tag == ExchangeTag.CANCEL) {
            assertThat(live.remove(source.orderId())).as("one that rests").isTrue();
        } else {
            assertThat(live).contains(source.orderId());
        }
    }

    private Map<String, Integer> kinds(OrderFlow source) {
        Map<String, Integer> kinds = new HashMap<>();
        for (int i = 0; i < FRAMES; i++) {
            if (next(source, i) == ExchangeTag.SUBMIT) {
                byte type = out.get(TYPE);
                kinds.merge(
                        type == 0 ? "market" : type + "/" + out.get(LIFE_OF_LIMIT),
                        1,
                        Integer::sum);
            }
        }
        return kinds;
    }

    private byte next(OrderFlow source, long request) {
        assertThat(source.write(out.clear(), request)).isTrue();
        assertThat(out.getInt(0)).isEqualTo(out.position() - Integer.BYTES);
        assertThat(out.getLong(RequestFrame.REQUEST)).isEqualTo(request);
        return out.get(RequestFrame.TAG);
    }

    private static OrderFlow source(Flow flow, int live) {
        Draws draws = new Draws(Draws.random(flow, 42, 0), flow, Market.of(10_000, 100));
        return new OrderFlow(draws, new LiveOrders(live), flow, 1L << 48);
    }

    private static <K> double share(Map<K, Integer> counts, K key) {
        double all = counts.values().stream().mapToInt(Integer::intValue).sum();
        return counts.getOrDefault(key, 0) / all;
    }
}
