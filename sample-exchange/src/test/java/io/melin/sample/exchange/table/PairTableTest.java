package io.melin.sample.exchange.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.melin.sample.exchange.Seeds;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PairTableTest {

    /** P1, P2: few keys, so that runs of slots form and wrap round. */
    @Test
    void agreesWithAHashMap() {
        for (long seed : Seeds.of("PairTableTest", 50)) {
            SplittableRandom random = Seeds.random(seed);
            PairTable table = new PairTable(4);
            Map<List<Long>, Integer> map = new HashMap<>();
            int range = random.nextInt(2, 40);
            for (int step = 0; step < 2000; step++) {
                long first = random.nextInt(range);
                long second = random.nextInt(range) * 0x1_0000_0001L;
                table.put(first, second, step);
                map.put(List.of(first, second), step);
                assertThat(table.count()).as("seed=%d", seed).isEqualTo(map.size());
            }
            for (long first = 0; first < range; first++) {
                for (long i = 0; i < range; i++) {
                    long second = i * 0x1_0000_0001L;
                    assertThat(table.get(first, second))
                            .as("seed=%d", seed)
                            .isEqualTo(map.getOrDefault(List.of(first, second), -1));
                }
            }
        }
    }

    @Test
    void forgetsEverythingWhenCleared() {
        PairTable table = new PairTable(4);
        table.put(1, 2, 3);

        table.clear();

        assertThat(table.get(1, 2)).isEqualTo(PairTable.ABSENT);
        assertThat(table.count()).isZero();
    }
}
