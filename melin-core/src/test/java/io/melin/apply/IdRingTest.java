package io.melin.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.melin.testing.Seeds;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class IdRingTest {
    private record Id(byte scheme, long high, long low) {}

    private final IdRing ring = new IdRing();

    /** G1, G2: few ids that come again and again, at many fillings of the ring. */
    @TestFactory
    Stream<DynamicTest> agreesWithALinkedMapOnRandomCalls() {
        return Seeds.each(IdRingTest.class, IdRingTest::compare);
    }

    private static void compare(Random random, String repro) {
        IdRing ring = new IdRing();
        Map<Id, Long> model = new LinkedHashMap<>();
        int countMax = 1 + random.nextInt(400);
        int oneOf = 2 + random.nextInt(40);
        int searchedOneOf = 1 + random.nextInt(60);
        int readyFrom = random.nextInt(40_000);
        for (int i = 0; i < 40_000; i++) {
            if (i == readyFrom) {
                ring.keepReady();
            }
            Id id = new Id((byte) random.nextInt(3), random.nextInt(20), random.nextInt(20));
            if (random.nextInt(searchedOneOf) == 0) {
                assertAgrees(ring, model, id, repro);
            }
            if (!model.containsKey(id)) {
                if (model.size() == countMax) {
                    removeOldest(ring, model);
                }
                ring.set(ring.add(id.scheme, id.high, id.low), IdRing.OWN, i);
                model.put(id, (long) i);
            } else if (random.nextInt(oneOf) == 0) {
                removeOldest(ring, model);
            }
            assertThat(ring.count()).as(repro).isEqualTo(model.size());
            if (i % 500 == 0) {
                assertThat(ids(ring)).as("G2 %s", repro).containsExactlyElementsOf(model.keySet());
                model.keySet().forEach(member -> assertFound(ring, member, repro));
            }
        }
    }

    private static void assertAgrees(IdRing ring, Map<Id, Long> model, Id id, String repro) {
        int row = ring.find(id.scheme, id.high, id.low);
        assertThat(row >= 0).as("G1 %s", repro).isEqualTo(model.containsKey(id));
        if (row >= 0) {
            assertThat(ring.get(row, IdRing.OWN)).as(repro).isEqualTo(model.get(id));
        }
    }

    private static void removeOldest(IdRing ring, Map<Id, Long> model) {
        assertThat(ring.removeOldest()).isEqualTo(ring.row(-1));
        model.remove(model.keySet().iterator().next());
    }

    private static void assertFound(IdRing ring, Id id, String repro) {
        int row = ring.find(id.scheme, id.high, id.low);
        assertThat(row).as(repro).isNotNegative();
        assertThat(new Id(ring.scheme(row), ring.high(row), ring.low(row))).isEqualTo(id);
    }

    private static List<Id> ids(IdRing ring) {
        List<Id> ids = new ArrayList<>();
        for (int age = 0; age < ring.count(); age++) {
            int row = ring.row(age);
            ids.add(new Id(ring.scheme(row), ring.high(row), ring.low(row)));
        }
        return ids;
    }

    /** G1: a search enters what was added since the last. */
    @Test
    void findsWhatWasAddedSinceTheLastSearch() {
        ring.add((byte) 1, 7, 1);
        assertThat(ring.find((byte) 1, 7, 1)).as("G1").isNotNegative();
        ring.add((byte) 1, 7, 2);
        ring.add((byte) 1, 7, 3);
        ring.removeOldest();

        assertThat(ring.find((byte) 1, 7, 1)).as("G1").isEqualTo(IdRing.NONE);
        assertThat(ring.find((byte) 1, 7, 3)).as("G1").isNotNegative();
        assertThat(ring.keepReady()).as("entered by the search").isZero();
    }

    /** G1: those that died on the way to an id do not hide it, in whichever round they died. */
    @Test
    void findsWhatWentOnFromPlacesThatDiedSince() {
        int held = 1_000;
        for (int i = 0; i < 20 * held; i++) {
            if (ring.count() == held) {
                ring.removeOldest();
            }
            ring.add((byte) 1, 7, 8L * i); // each line eight times asked for the same of its places
            int from = Math.max(0, i - held + 1);
            for (int j = from; j <= i; j += 1 + (i - from) / 10) {
                assertThat(ring.find((byte) 1, 7, 8L * j)).as("G1 %s of %s", j, i).isNotNegative();
            }
            assertThat(ring.find((byte) 1, 7, 8L * (from - 1))).as("G1").isEqualTo(IdRing.NONE);
        }
    }

    /** What nobody asks for before it leaves is never entered. */
    @Test
    void entersNothingBeforeSomebodySearches() {
        for (int i = 0; i < 1_000; i++) {
            if (ring.count() == 100) {
                ring.removeOldest();
            }
            ring.add((byte) 1, 7, i);
        }
        assertThat(ring.keepReady()).as("of 1,000 added").isEqualTo(100);
    }

    /** G3: at every moment, also right after the ring grew. */
    @Test
    void hasLittleToEnterOnceItIsReady() {
        ring.keepReady();
        for (int i = 0; i < 1_000; i++) {
            for (int more = 0; more <= i % 50; more++) {
                ring.add((byte) 1, more, i);
            }
            assertThat(ring.keepReady()).as("G3 %s", i).isLessThan(IdRing.UNNAMED_MAX);
        }
    }

    /** G2: a row that an owner was given stays that of its id while the ring goes round. */
    @Test
    void givesRowsAroundTheRing() {
        int first = ring.add((byte) 1, 1, 1);
        for (int i = 2; i <= 16; i++) {
            ring.add((byte) 1, 1, i);
        }

        assertThat(ring.removeOldest()).isEqualTo(first);
        assertThat(ring.add((byte) 1, 1, 17)).as("G2").isEqualTo(first);
        assertThat(ring.row(15)).isEqualTo(first);
    }

    @Test
    void keepsWhatItsOwnerKeptWhileItGrows() {
        for (int i = 0; i < 100_000; i++) {
            int row = ring.add((byte) 2, i, -i);
            ring.set(row, IdRing.OWN, i);
            ring.set(row, IdRing.COLUMNS - 1, -i);
            if (i % 3 == 0) {
                ring.removeOldest();
            }
        }

        for (int age = 0; age < ring.count(); age++) {
            int row = ring.row(age);
            assertThat(ring.find((byte) 2, ring.high(row), -ring.high(row))).isEqualTo(row);
            assertThat(ring.get(row, IdRing.OWN)).isEqualTo(ring.high(row));
            assertThat(ring.get(row, IdRing.COLUMNS - 1)).isEqualTo(ring.low(row));
        }
    }

    @Test
    void refusesToRemoveFromAnEmptyRing() {
        assertThatThrownBy(ring::removeOldest).isInstanceOf(AssertionError.class);
    }
}
