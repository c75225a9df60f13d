package io.melin.sample.exchange.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.melin.sample.exchange.Seeds;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class HashIndexTest {

    private static List<Integer> values(HashIndex index, long hash) {
        List<Integer> values = new ArrayList<>();
        for (int place = index.first(hash); place != HashIndex.NONE; ) {
            values.add(index.value(place));
            place = index.next(place, hash);
        }
        return values;
    }

    /** H1, H2, H3: few homes, so that runs of places form, wrap round and close again. */
    @Test
    void agreesWithAMapOfLists() {
        for (long seed : Seeds.of("HashIndexTest", 50)) {
            SplittableRandom random = Seeds.random(seed);
            HashIndex index = new HashIndex(4);
            Map<Long, List<Integer>> map = new HashMap<>();
            int range = random.nextInt(2, 60);
            int count = 0;
            for (int step = 0; step < 2000; step++) {
                // near the first and the last home, whatever the size; all bits below differ
                long top = (random.nextBoolean() ? 0L : 0xFFL) << 56;
                long hash = top | (long) random.nextInt(range) << 32 | random.nextInt(1 << 30);
                List<Integer> values = map.computeIfAbsent(hash >>> 32, upper -> new ArrayList<>());
                if (random.nextInt(5) < 2 && !values.isEmpty()) {
                    index.remove(hash, values.remove(random.nextInt(values.size())));
                    count--;
                } else if (count < 500) {
                    index.add(hash, step);
                    values.add(step);
                    count++;
                }
                assertThat(index.count()).as("seed=%d", seed).isEqualTo(count);
            }
            map.forEach((upper, values) ->
                    assertThat(values(index, upper << 32))
                            .as("seed=%d", seed)
                            .containsExactlyInAnyOrderElementsOf(values));
            assertThat(index.values()).as("seed=%d", seed).hasSize(count).doesNotHaveDuplicates();
        }
    }

    @Test
    void keepsTheLargestValueApartFromItsHash() {
        HashIndex index = new HashIndex(4);

        index.add(-1, Integer.MAX_VALUE - 1);
        index.add(-1, 0);

        assertThat(values(index, 0xFFFF_FFFFL << 32)).containsExactly(Integer.MAX_VALUE - 1, 0);
        assertThat(values(index, 0)).isEmpty();
    }
}
