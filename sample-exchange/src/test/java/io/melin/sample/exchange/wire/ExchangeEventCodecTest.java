package io.melin.sample.exchange.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.melin.sample.exchange.Seeds;
import io.melin.sample.exchange.domain.Amounts;
import io.melin.sample.exchange.domain.Name;
import io.melin.sample.exchange.domain.OrderType;
import io.melin.sample.exchange.domain.SelfTradePrevention;
import io.melin.sample.exchange.domain.Side;
import io.melin.sample.exchange.domain.TimeInForce;
import io.melin.sample.exchange.wire.ExchangeEvent.OrderKey;
import io.melin.sample.exchange.wire.ExchangeEvent.Terms;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExchangeEventCodecTest {
    private static final Name SYMBOL = Name.of("DOGE-USDT");
    private static final OrderKey KEY = new OrderKey(SYMBOL, 7, 42);

    private final ExchangeEventCodec codec = new ExchangeEventCodec();

    static List<ExchangeEvent> events() {
        return List.of(
                ExchangeEvent.submit(
                        KEY,
                        new Terms(
                                Side.SELL,
                                OrderType.LIMIT,
                                TimeInForce.IOC,
                                SelfTradePrevention.CANCEL_BOTH,
                                5,
                                Amounts.MAX)),
                ExchangeEvent.submit(
                        KEY,
                        new Terms(
                                Side.BUY,
                                OrderType.MARKET,
                                TimeInForce.FOK,
                                SelfTradePrevention.ALLOW,
                                5,
                                0)),
                ExchangeEvent.cancel(KEY),
                ExchangeEvent.cancelReplace(KEY, 10, 3),
                ExchangeEvent.addInstrument(SYMBOL, Name.of("DOGE"), Name.of("USDT")),
                ExchangeEvent.deposit(7, Name.of("USDT"), 1),
                ExchangeEvent.withdraw(7, Name.of("USDT"), Amounts.MAX));
    }

    @ParameterizedTest
    @MethodSource("events")
    void givesBackWhatItTook(ExchangeEvent event) {
        ByteBuffer bytes = encoded(event, 3, ByteOrder.BIG_ENDIAN);

        assertThat(codec.isValid(bytes.duplicate())).isTrue();
        ExchangeEvent decoded = codec.decode(bytes, codec.version());

        assertThat(bytes.hasRemaining()).isFalse();
        assertThat(encoded(decoded, 0, ByteOrder.LITTLE_ENDIAN))
                .isEqualTo(encoded(event, 0, ByteOrder.LITTLE_ENDIAN));
        assertThat(decoded.kind()).isEqualTo(event.kind());
        assertThat(decoded.account()).isEqualTo(event.account());
        assertThat(decoded.nameHigh()).isEqualTo(event.nameHigh());
    }

    @Test
    void readsTheTermsOfAnOrder() {
        ExchangeEvent order = codec.decode(encoded(events().get(0), 0, ByteOrder.BIG_ENDIAN), 1);

        assertThat(order.account()).isEqualTo(7);
        assertThat(order.orderId()).isEqualTo(42);
        assertThat(order.side()).isEqualTo(Side.SELL);
        assertThat(order.type()).isEqualTo(OrderType.LIMIT);
        assertThat(order.timeInForce()).isEqualTo(TimeInForce.IOC);
        assertThat(order.selfTradePrevention()).isEqualTo(SelfTradePrevention.CANCEL_BOTH);
        assertThat(order.quantity()).isEqualTo(5);
        assertThat(order.price()).isEqualTo(Amounts.MAX);
        assertThat(Name.text(order.nameHigh(), order.nameLow())).isEqualTo("DOGE-USDT");
    }

    /** A layout never changes without a new version; little-endian, as documented. */
    @Test
    void writesTheseBytes() {
        ByteBuffer bytes = encoded(events().get(0), 0, ByteOrder.BIG_ENDIAN);

        assertThat(hex(bytes))
                .isEqualTo(
                        "1001010103000000"
                                + "4453552d45474f44"
                                + "0000000000000054"
                                + "0700000000000000"
                                + "2a00000000000000"
                                + "0500000000000000"
                                + "ffffffffffff1f00");
    }

    @ParameterizedTest
    @MethodSource("events")
    void refusesEveryOtherLength(ExchangeEvent event) {
        ByteBuffer whole = encoded(event, 0, ByteOrder.LITTLE_ENDIAN);
        ByteBuffer longer = ByteBuffer.allocate(whole.remaining() + 1).put(whole.duplicate());

        assertThat(codec.isValid(longer.rewind())).isFalse();
        for (int length = 0; length < whole.remaining(); length++) {
            assertThat(codec.isValid(whole.duplicate().limit(length))).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Amounts.MAX + 1, Long.MIN_VALUE, Long.MAX_VALUE})
    void refusesAmountsOutOfRange(long amount) {
        assertThat(isValid(ExchangeEvent.deposit(7, SYMBOL, amount))).isFalse();
        assertThat(isValid(ExchangeEvent.deposit(amount, SYMBOL, 1))).isFalse();
        assertThat(isValid(ExchangeEvent.cancelReplace(KEY, amount, 1))).isFalse();
        assertThat(isValid(ExchangeEvent.cancelReplace(KEY, 1, amount))).isFalse();
    }

    @Test
    void refusesTermsThatDoNotGoTogether() {
        assertThat(isOrderValid(OrderType.MARKET, TimeInForce.GTC, 0)).isFalse();
        assertThat(isOrderValid(OrderType.MARKET, TimeInForce.IOC, 1)).isFalse();
        assertThat(isOrderValid(OrderType.LIMIT, TimeInForce.GTC, 0)).isFalse();
        assertThat(isOrderValid(OrderType.POST_ONLY, TimeInForce.IOC, 1)).isFalse();
        assertThat(isOrderValid(OrderType.POST_ONLY, TimeInForce.FOK, 1)).isFalse();
        assertThat(isOrderValid(OrderType.POST_ONLY, TimeInForce.GTC, 1)).isTrue();
        assertThat(isValid(ExchangeEvent.addInstrument(SYMBOL, SYMBOL, SYMBOL))).isFalse();
    }

    /** E1, first half: the second, that what is valid applies, is ExchangeApplicationFuzzTest. */
    @Test
    void isTotal() {
        for (long seed : Seeds.of("ExchangeEventCodecTest", 20)) {
            SplittableRandom random = Seeds.random(seed);
            for (int round = 0; round < 5000; round++) {
                byte[] bytes = new byte[random.nextInt(70)];
                random.nextBytes(bytes);
                if (bytes.length > 0 && random.nextBoolean()) {
                    bytes[0] = (byte) (0x10 + random.nextInt(8));
                }
                ByteBuffer in = ByteBuffer.wrap(bytes);
                if (codec.isValid(in.duplicate())) {
                    assertThat(codec.size(codec.decode(in, 1)))
                            .as("seed=%d", seed)
                            .isEqualTo(bytes.length);
                }
            }
        }
    }

    private boolean isOrderValid(OrderType type, TimeInForce life, long price) {
        return isValid(
                ExchangeEvent.submit(
                        KEY, new Terms(Side.BUY, type, life, SelfTradePrevention.ALLOW, 1, price)));
    }

    private boolean isValid(ExchangeEvent event) {
        return codec.isValid(encoded(event, 0, ByteOrder.LITTLE_ENDIAN));
    }

    private ByteBuffer encoded(ExchangeEvent event, int start, ByteOrder order) {
        ByteBuffer bytes = ByteBuffer.allocateDirect(start + codec.size(event)).order(order);
        bytes.position(start);
        codec.encode(event, bytes);
        assertThat(bytes.hasRemaining()).isFalse();
        return bytes.position(start);
    }

    private static String hex(ByteBuffer bytes) {
        StringBuilder text = new StringBuilder();
        while (bytes.hasRemaining()) {
            text.append(String.format("%02x", bytes.get()));
        }
        return text.toString();
    }
}
