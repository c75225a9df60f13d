package io.melin.sample.exchange.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.melin.sample.exchange.Seeds;
import io.melin.sample.exchange.wire.ExchangeEvent;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Live, replayed, and restored from a snapshot with a tail: one state, the same reports. */
class SnapshotFormatTest {

    /** F1, D1, property 10. */
    @Test
    void continuesAsIfNothingHadHappened() {
        for (long seed : Seeds.of("SnapshotFormatTest", 60)) {
            SplittableRandom random = Seeds.random(seed);
            Histories histories = new Histories(random, seed % 3 == 0);
            Harness live = Harness.create();
            Harness replayed = Harness.create();
            Harness restored = Harness.create();
            histories.opening().forEach(live::apply);
            histories.opening().forEach(replayed::apply);
            histories.opening().forEach(restored::apply);
            for (int i = 0; i < 300; i++) {
                if (random.nextInt(25) == 0) {
                    restored.restore(restored.snapshot());
                }
                ExchangeEvent event = histories.next();
                var reports = live.apply(event);
                assertThat(replayed.apply(event)).as("seed=%d", seed).isEqualTo(reports);
                assertThat(restored.apply(event)).as("seed=%d", seed).isEqualTo(reports);
                assertThat(restored.application().digest())
                        .as("seed=%d, event=%d", seed, i)
                        .isEqualTo(live.application().digest());
            }
            assertThat(replayed.application().digest()).isEqualTo(live.application().digest());
            assertThat(restored.snapshot()).as("seed=%d", seed).isEqualTo(live.snapshot());
            StateChecks.check(restored.application().state(), "seed=" + seed);
        }
    }

    @Test
    void givesAnotherDigestToEveryOtherState() {
        SplittableRandom random = Seeds.random(7);
        Histories histories = new Histories(random, false);
        Harness live = Harness.create();
        histories.opening().forEach(live::apply);
        Set<Long> digests = new HashSet<>();
        Set<String> states = new HashSet<>();
        for (int i = 0; i < 2_000; i++) {
            live.apply(histories.next());
            digests.add(live.application().digest());
            states.add(new String(live.snapshot(), StandardCharsets.ISO_8859_1));
        }

        assertThat(states.size()).isGreaterThan(500);
        assertThat(digests).hasSameSizeAs(states);
    }

    @Test
    void startsEmptyWhenFresh() {
        Harness live = Harness.create();
        byte[] empty = live.snapshot();
        new Histories(Seeds.random(1), false).opening().forEach(live::apply);

        Harness twin = new Harness(live.application().fresh());

        assertThat(twin.snapshot()).isEqualTo(empty).isNotEqualTo(live.snapshot());
    }
}
