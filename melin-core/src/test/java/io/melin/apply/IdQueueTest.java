package io.melin.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.melin.testing.Seeds;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class IdQueueTest {
    private record Id(byte scheme, long high, long low) {}

    /** Q1, Q4: the set knows no hash and no capacity, and no search ends too early. */
    @TestFactory
    Stream<DynamicTest> agreesWithALinkedSetOnRandomCalls() {
        return Seeds.each(IdQueueTest.class, IdQueueTest::compare);
    }

    private static void compare(Random random, String repro) {
        IdQueue queue = new IdQueue();
        Set<Id> model = new LinkedHashSet<>();
        int countMax = 1 + random.nextInt(400);
        for (int i = 0; i < 40_000; i++) {
            Id id = new Id((byte) random.nextInt(3), random.nextInt(20), random.nextInt(20));
            int row = queue.find(id.scheme, id.high, id.low);
            assertThat(row >= 0).as(repro).isEqualTo(model.contains(id));
            if (row < 0) {
                if (model.size() == countMax) {
                    removeOldest(queue, model);
                }
                row = queue.add(id.scheme, id.high, id.low);
                model.add(id);
            } else if (random.nextBoolean()) {
                queue.touch(row);
                model.remove(id);
                model.add(id);
            } else if (random.nextInt(4) == 0) {
                removeOldest(queue, model);
            }
            assertThat(queue.count()).as(repro).isEqualTo(model.size());
            assertThat(row).as(repro).isLessThan(queue.capacity());
            if (i % 500 == 0) {
                assertThat(ids(queue)).as(repro).containsExactlyElementsOf(model);
                model.forEach(member -> assertFound(queue, member, repro));
            }
        }
    }

    private static void removeOldest(IdQueue queue, Set<Id> model) {
        Id oldest = model.iterator().next();
        int row = queue.find(oldest.scheme, oldest.high, oldest.low);
        assertThat(queue.removeOldest()).isEqualTo(row);
        model.remove(oldest);
    }

    private static void assertFound(IdQueue queue, Id id, String repro) {
        int row = queue.find(id.scheme, id.high, id.low);
        assertThat(row).as(repro).isNotNegative();
        assertThat(new Id(queue.scheme(row), queue.high(row), queue.low(row))).isEqualTo(id);
    }

    private static List<Id> ids(IdQueue queue) {
        List<Id> ids = new ArrayList<>();
        for (int row = queue.oldest(); row != IdQueue.NONE; row = queue.newerThan(row)) {
            ids.add(new Id(queue.scheme(row), queue.high(row), queue.low(row)));
        }
        return ids;
    }

    @Test
    void givesTheRowOfARemovedIdToTheNext() {
        IdQueue queue = new IdQueue();
        int first = queue.add((byte) 1, 1, 1);
        queue.add((byte) 1, 1, 2);
        queue.removeOldest();

        assertThat(queue.add((byte) 1, 1, 3)).as("Q2").isEqualTo(first);
    }

    @Test
    void refusesToRemoveFromAnEmptyQueue() {
        assertThatThrownBy(new IdQueue()::removeOldest).isInstanceOf(AssertionError.class);
    }

    @Test
    void tellsIdsApartWhoseHalfHashesAgree() {
        Map<Integer, Long> lows = new HashMap<>();
        long low = 0;
        Long twin = null;
        while (twin == null) {
            low++;
            twin = lows.put((int) IdHash.of((byte) 2, 0, low), low);
        }
        IdQueue queue = new IdQueue();
        int row = queue.add((byte) 2, 0, low);

        assertThat(queue.find((byte) 2, 0, twin)).isEqualTo(IdQueue.NONE);
        assertThat(queue.add((byte) 2, 0, twin)).isNotEqualTo(row);
        assertThat(queue.find((byte) 2, 0, low)).isEqualTo(row);
    }

    /** Q3: numbers of one client that all want the same place of a line. */
    @Test
    void findsIdsThatAvoidEachOthersLines() {
        IdQueue queue = new IdQueue();
        int count = 70_000;
        for (int i = 0; i < count; i++) {
            queue.add((byte) 1, 7, 8L * i);
        }
        for (int i = 0; i < count; i++) {
            assertThat(queue.find((byte) 1, 7, 8L * i)).isNotEqualTo(IdQueue.NONE);
            assertThat(queue.find((byte) 1, 7, 8L * i + 1)).isEqualTo(IdQueue.NONE);
        }
        for (int i = 0; i < count; i++) {
            int row = queue.find((byte) 1, 7, 8L * i);
            assertThat(queue.removeOldest()).isEqualTo(row);
        }
        assertThat(queue.count()).isZero();
    }
}
