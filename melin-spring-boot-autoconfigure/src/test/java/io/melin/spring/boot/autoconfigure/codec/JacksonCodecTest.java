package io.melin.spring.boot.autoconfigure.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import io.melin.app.Codec;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JacksonCodecTest {

    sealed interface Event {
        record Added(long amount, String note) implements Event {}

        record Reset() implements Event {}

        sealed interface Order extends Event {
            record Limit(long price, Side side, List<Leg> legs) implements Order {}

            record Market(boolean urgent) implements Order {}
        }

        enum Signal implements Event {
            OPEN,
            CLOSE
        }
    }

    enum Side {
        BUY,
        SELL
    }

    sealed interface Leg {
        record Cash(BigDecimal amount) implements Leg {}

        record Coupon(UUID id, Optional<Instant> until) implements Leg {}
    }

    record Wide(
            int whole,
            double fraction,
            @Nullable String text,
            Map<String, Integer> counts,
            Side side) {}

    private final Codec<Event> codec = new JacksonCodec<>(Event.class);

    private static ByteBuffer bytes(String json) {
        return ByteBuffer.wrap(json.getBytes(StandardCharsets.UTF_8));
    }

    private static <T> ByteBuffer encode(Codec<T> codec, T value) {
        ByteBuffer out = ByteBuffer.allocateDirect(codec.size(value) + 16);
        codec.encode(value, out);
        return out.flip();
    }

    private static String text(ByteBuffer in) {
        return StandardCharsets.UTF_8.decode(in.duplicate()).toString();
    }

    private static <T> T roundTrip(Codec<T> codec, T value) {
        ByteBuffer encoded = encode(codec, value);
        assertThat(encoded.remaining()).isEqualTo(codec.size(value));
        assertThat(codec.fresh().isValid(encoded.duplicate())).isTrue();
        return codec.fresh().decode(encoded, codec.version());
    }

    @Test
    void readsBackEverySubtypeOfABareSealedInterface() {
        List<Event> events =
                List.of(
                        new Event.Added(Long.MAX_VALUE, "é\u0000\uD83D\uDE00"),
                        new Event.Reset(),
                        new Event.Order.Market(true),
                        new Event.Order.Limit(
                                7,
                                Side.SELL,
                                List.of(
                                        new Leg.Cash(new BigDecimal("1.10")),
                                        new Leg.Coupon(
                                                new UUID(1, 2),
                                                Optional.of(Instant.ofEpochSecond(1, 3))),
                                        new Leg.Coupon(new UUID(3, 4), Optional.empty()))),
                        Event.Signal.CLOSE);

        for (Event event : events) {
            assertThat(roundTrip(codec, event)).isEqualTo(event);
        }
    }

    @Test
    void namesTheSubtypeInThePropertyKind() {
        assertThat(text(encode(codec, new Event.Added(5, "x"))))
                .isEqualTo("{\"kind\":\"Added\",\"amount\":5,\"note\":\"x\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "7",
                "{}",
                "{\"kind\":\"Nobody\"}",
                "{\"kind\":\"Order\"}",
                "{\"kind\":\"Added\",\"note\":\"x\"}",
                "{\"kind\":\"Added\",\"amount\":null,\"note\":\"x\"}",
                "{\"kind\":\"Added\",\"amount\":5.0,\"note\":\"x\"}",
                "{\"kind\":\"Added\",\"amount\":5.7,\"note\":\"x\"}",
                "{\"kind\":\"Added\",\"amount\":\"5\",\"note\":\"x\"}",
                "{\"kind\":\"Added\",\"amount\":9223372036854775808,\"note\":\"x\"}",
                "{\"kind\":\"Added\",\"amount\":5,\"note\":7}",
                "{\"kind\":\"Added\",\"amount\":5,\"note\":true}",
                "{\"kind\":\"Added\",\"amount\":5,\"note\":\"x\",\"more\":1}",
                "{\"kind\":\"Added\",\"amount\":5,\"amount\":6,\"note\":\"x\"}",
                "{\"kind\":\"Added\",\"amount\":5,\"note\":\"x\"} {}",
                "{\"kind\":\"Added\",\"amount\":5,\"note\":\"x\"}x",
                "{\"kind\":\"Market\",\"urgent\":1}",
                "{\"kind\":\"Market\",\"urgent\":\"true\"}",
                "{\"kind\":\"Limit\",\"price\":1,\"side\":0,\"legs\":[]}",
                "{\"kind\":\"Limit\",\"price\":1,\"side\":\"0\",\"legs\":[]}",
                "{\"kind\":\"Limit\",\"price\":1,\"side\":\"buy\",\"legs\":[]}",
                "{\"kind\":\"Limit\",\"price\":1,\"side\":\"BUY\",\"legs\":{}}",
                "{\"kind\":\"Limit\",\"price\":1,\"side\":\"BUY\",\"legs\":[{\"amount\":1}]}",
                "{\"kind\":\"Added\",\"amount\":5,\"note\":\"x\"",
            })
    void refusesWhatIsNotExactlyAnEvent(String json) {
        assertThat(codec.isValid(bytes(json))).isFalse();
    }

    @Test
    void refusesUnboundedNestingWithoutAnError() {
        assertThat(codec.isValid(bytes("[".repeat(100_000)))).isFalse();
        assertThat(codec.isValid(bytes("{\"kind\":".repeat(100_000)))).isFalse();
    }

    /** Whatever passes isValid decodes, and its own bytes pass again. Repro: fix the seed. */
    @Test
    void decodesWhateverItCallsValid() {
        long seed = System.nanoTime();
        System.out.println("JacksonCodecTest.decodesWhateverItCallsValid seed=" + seed);
        Random random = new Random(seed);
        ByteBuffer sample =
                encode(
                        codec,
                        new Event.Order.Limit(12, Side.BUY, List.of(new Leg.Cash(BigDecimal.TEN))));
        int valid = 0;
        for (int round = 0; round < 20_000; round++) {
            byte[] mutated = new byte[sample.remaining()];
            sample.duplicate().get(mutated);
            for (int flips = random.nextInt(3); flips > 0; flips--) {
                mutated[random.nextInt(mutated.length)] = (byte) (' ' + random.nextInt(96));
            }
            ByteBuffer candidate = ByteBuffer.wrap(mutated);
            if (codec.isValid(candidate.duplicate())) {
                valid++;
                Event event = codec.decode(candidate, 1);
                assertThat(codec.isValid(encode(codec, event))).as("seed=" + seed).isTrue();
            }
        }
        assertThat(valid).isPositive();
    }

    @Test
    void writesEqualMapsAsEqualBytes() {
        Codec<Wide> wide = new JacksonCodec<>(Wide.class);
        Map<String, Integer> forth = new LinkedHashMap<>();
        Map<String, Integer> back = new LinkedHashMap<>();
        for (int i = 0; i < 50; i++) {
            forth.put("k" + i, i);
            back.put("k" + (49 - i), 49 - i);
        }

        Wide one = new Wide(1, 2.0e-3, null, forth, Side.BUY);
        Wide two = new Wide(1, 2.0e-3, null, back, Side.BUY);

        assertThat(encode(wide, one)).isEqualTo(encode(wide, two));
        assertThat(roundTrip(wide, one)).isEqualTo(one);
        assertThat(text(encode(wide, new Wide(1, 2.0e-3, null, Map.of(), Side.BUY))))
                .isEqualTo(
                        "{\"whole\":1,\"fraction\":0.002,\"text\":null,\"counts\":{},\"side\":\"BUY\"}");
    }

    @Test
    void encodesTheValueThatIsPassedEvenIfAnotherWasSizedBefore() {
        Event sized = new Event.Added(1, "one");
        Event passed = new Event.Added(2, "two");
        ByteBuffer out = ByteBuffer.allocate(100);

        int size = codec.size(sized);
        codec.encode(passed, out);

        assertThat(out.flip().remaining()).isEqualTo(size);
        assertThat(codec.decode(out, 1)).isEqualTo(passed);
    }

    record Guarded(int percent) {
        Guarded {
            if (percent > 100) {
                throw new IllegalArgumentException("percent");
            }
        }
    }

    @Test
    void takesTheRecordsOwnConstructorAsPartOfTheVerdict() {
        Codec<Guarded> guarded = new JacksonCodec<>(Guarded.class);

        assertThat(guarded.isValid(bytes("{\"percent\":100}"))).isTrue();
        assertThat(guarded.isValid(bytes("{\"percent\":101}"))).isFalse();
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
    sealed interface Named {
        @JsonTypeName("a")
        record First(String kind) implements Named {}
    }

    @Test
    void leavesTheUsersOwnTypeInformationAlone() {
        Codec<Named> named = new JacksonCodec<>(Named.class);

        assertThat(text(encode(named, new Named.First("k"))))
                .isEqualTo("{\"type\":\"a\",\"kind\":\"k\"}");
        assertThat(roundTrip(named, new Named.First("k"))).isEqualTo(new Named.First("k"));
    }

    interface Open {}

    record HoldsOpen(List<Map<String, Open>> parts) {}

    record HoldsObject(Object anything) {}

    sealed interface Clash {
        record Kind(int kind) implements Clash {}
    }

    sealed interface Twins {
        record Same() implements Twins {}
    }

    static final class Other {
        record Same() implements MoreTwins {}
    }

    sealed interface MoreTwins permits Other.Same, JacksonCodecTest.Same {}

    record Same() implements MoreTwins {}

    sealed interface Ajar {
        non-sealed interface Door extends Ajar {}
    }

    @Test
    void refusesTypesThatItCouldNotReadBack() {
        assertThatThrownBy(() -> new JacksonCodec<>(Open.class))
                .isInstanceOf(UnsupportedCodecTypeException.class)
                .hasMessageContaining("abstract and not sealed");
        assertThatThrownBy(() -> new JacksonCodec<>(HoldsOpen.class))
                .hasMessageContaining("HoldsOpen.parts<0><1> is " + Open.class.getName());
        assertThatThrownBy(() -> new JacksonCodec<>(HoldsObject.class))
                .hasMessageContaining("HoldsObject.anything is declared as Object");
        assertThatThrownBy(() -> new JacksonCodec<>(Clash.class))
                .hasMessageContaining("component named kind");
        assertThatThrownBy(() -> new JacksonCodec<>(MoreTwins.class))
                .hasMessageContaining("share the simple name Same");
        assertThatThrownBy(() -> new JacksonCodec<>(Ajar.class)).hasMessageContaining("non-sealed");
        assertThat(new JacksonCodec<>(Twins.class).version()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 65_536})
    void refusesAVersionThatAJournalHeaderCannotHold(int version) {
        assertThatThrownBy(() -> new JacksonCodec<>(Event.class, version))
                .hasMessageContaining("version=" + version);
    }
}
