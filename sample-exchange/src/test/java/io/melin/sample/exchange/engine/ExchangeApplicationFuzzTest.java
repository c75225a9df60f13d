package io.melin.sample.exchange.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.melin.sample.exchange.Seeds;
import io.melin.sample.exchange.wire.ExchangeEventCodec;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** E1: whatever bytes the codec accepts, the exchange applies without throwing. */
class ExchangeApplicationFuzzTest {

    @Test
    void appliesEverythingThatIsValid() {
        ExchangeEventCodec codec = new ExchangeEventCodec();
        int accepted = 0;
        int refused = 0;
        for (long seed : Seeds.of("ExchangeApplicationFuzzTest", 30)) {
            SplittableRandom random = Seeds.random(seed);
            Histories histories = new Histories(random, true);
            Harness exchange = Harness.create();
            histories.opening().forEach(exchange::apply);
            for (int i = 0; i < 2_000; i++) {
                ByteBuffer bytes = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
                codec.encode(histories.next(), bytes);
                bytes.flip();
                mutate(bytes, random);
                if (codec.isValid(bytes.duplicate())) {
                    exchange.apply(bytes);
                    accepted++;
                } else {
                    refused++;
                }
            }
            StateChecks.check(exchange.application().state(), "seed=" + seed);
        }

        assertThat(accepted).isGreaterThan(1_000);
        assertThat(refused).isGreaterThan(1_000);
    }

    private static void mutate(ByteBuffer bytes, SplittableRandom random) {
        for (int changes = random.nextInt(3); changes > 0; changes--) {
            switch (random.nextInt(4)) {
                case 0 -> bytes.put(random.nextInt(8), (byte) random.nextInt(6));
                case 1 -> {
                    int bit = random.nextInt(8 * bytes.limit());
                    bytes.put(bit / 8, (byte) (bytes.get(bit / 8) ^ 1 << bit % 8));
                }
                case 2 -> bytes.put(0, (byte) (0x10 + random.nextInt(8)));
                default ->
                        bytes.putLong(
                                8 * random.nextInt(bytes.limit() / 8),
                                random.nextLong() >>> random.nextInt(64));
            }
        }
    }
}
