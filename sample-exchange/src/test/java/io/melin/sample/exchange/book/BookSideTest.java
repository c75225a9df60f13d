package io.melin.sample.exchange.book;

import static org.assertj.core.api.Assertions.assertThat;

import io.melin.sample.exchange.Seeds;
import io.melin.sample.exchange.domain.Side;
import io.melin.sample.exchange.ledger.Accounts;
import io.melin.sample.exchange.table.Slab;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BookSideTest {

    /** S1, S2, S3: from no level to more than it has room for at first, and back. */
    @Test
    void agreesWithASortedMap() {
        for (long seed : Seeds.of("BookSideTest", 20)) {
            for (Side side : List.of(Side.BUY, Side.SELL)) {
                compare(Seeds.random(seed), side, "seed=" + seed + ", side=" + side);
            }
        }
    }

    private static void compare(SplittableRandom random, Side side, String repro) {
        Levels levels = new Levels(new Orders(new Accounts()));
        BookSide bookSide = new BookSide(side, levels);
        Comparator<Long> best = Comparator.naturalOrder();
        TreeMap<Long, Integer> model = new TreeMap<>(side == Side.SELL ? best : best.reversed());
        int range = random.nextInt(1, 300);
        for (int step = 0; step < 3_000; step++) {
            long price = 1 + random.nextInt(range) * (Long.MAX_VALUE / 300);
            Integer level = model.get(price);
            assertThat(bookSide.find(price)).as(repro).isEqualTo(level == null ? Slab.NONE : level);
            if (level == null || random.nextInt(3) > 0) {
                model.put(price, bookSide.findOrAdd(price));
            } else {
                bookSide.remove(level);
                model.remove(price);
            }
            if (step % 100 == 0) {
                List<Integer> fromBest =
                        IntStream.range(0, bookSide.count()).mapToObj(bookSide::level).toList();
                assertThat(fromBest)
                        .as("S1, S2, %s", repro)
                        .containsExactlyElementsOf(model.values());
                assertThat(bookSide.isEmpty() || bookSide.isReachedBy(model.firstKey())).isTrue();
            }
        }
    }
}
