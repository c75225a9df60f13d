package io.melin.apply;

import static org.assertj.core.api.Assertions.assertThat;

import io.melin.apply.Outcome.Kind;
import io.melin.testing.Seeds;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class EventApplierOracleTest {
    private static final int EVENTS = 6_000;

    @TestFactory
    Stream<DynamicTest> agreesWithAPlainModelOnRandomHistories() {
        return Seeds.each(EventApplierOracleTest.class, this::compareWithModel);
    }

    @TestFactory
    Stream<DynamicTest> givesEqualStatesLiveReplayedAndRestarted() {
        return Seeds.each(EventApplierOracleTest.class, this::compareLives);
    }

    private void compareWithModel(Random random, String repro) {
        Map<Kind, Integer> firsts = new EnumMap<>(Kind.class);
        Map<Kind, Integer> repeats = new EnumMap<>(Kind.class);
        for (int round = 0; round < 4; round++) {
            DedupLimits limits = smallLimits(random);
            History history = new History(random, limits.window());
            ModelApplier model = new ModelApplier(limits);
            EventApplier<Posting, Line> applier = applier(limits);
            for (int i = 0; i < EVENTS; i++) {
                LoggedEvent event = history.next();
                event.applyTo(applier);
                Result found = Result.of(applier);
                assertThat(found)
                        .as("%s%n%s%n%s", repro, limits, event)
                        .isEqualTo(model.apply(event));
                (found.duplicate() ? repeats : firsts).merge(found.kind(), 1, Integer::sum);
            }
            assertThat(applier.digest()).as(repro).isEqualTo(model.ledger.digest());
            assertThat(ledger(applier).ticks).as(repro).isEqualTo(model.ledger.ticks);
        }
        assertThat(firsts).as(repro).containsOnlyKeys(Kind.values());
        assertThat(repeats).as(repro).containsOnlyKeys(Kind.APPLIED, Kind.REJECTED);
    }

    /**
     * A5, and D1 of {@link DedupTable}: with queries on the live one and snapshots or replays at
     * random places on the restarted one.
     */
    private void compareLives(Random random, String repro) throws Exception {
        DedupLimits limits = smallLimits(random);
        History history = new History(random, limits.window());
        EventApplier<Posting, Line> live = applier(limits);
        EventApplier<Posting, Line> restarted = applier(limits);
        List<LoggedEvent> log = new ArrayList<>();
        List<Result> results = new ArrayList<>();
        long queries = 0;
        for (int i = 0; i < EVENTS; i++) {
            LoggedEvent event = history.next();
            log.add(event);
            event.applyTo(live);
            results.add(Result.of(live));
            queries += ledger(live).total() + live.lastSequence() + live.lastTimeNs();
            event.applyTo(restarted);
            assertThat(Result.of(restarted)).as("%s%n%s", repro, event).isEqualTo(results.get(i));
            if (random.nextInt(120) == 0) {
                restarted = random.nextBoolean() ? copy(restarted, limits) : replay(log, limits);
                assertThat(restarted.position()).as(repro).isEqualTo(live.position());
                history.restart(restarted.lastTimeNs());
            }
        }
        assertThat(queries).as(repro).isPositive();
        EventApplier<Posting, Line> replayed = applier(limits);
        for (int i = 0; i < EVENTS; i++) {
            log.get(i).applyTo(replayed);
            assertThat(Result.of(replayed)).as(repro).isEqualTo(results.get(i));
        }
        assertThat(ledger(replayed).ticks).as(repro).isEqualTo(ledger(live).ticks);
        assertThat(replayed.digest()).as(repro).isEqualTo(live.digest());
        assertThat(restarted.digest()).as(repro).isEqualTo(live.digest());
        assertThat(snapshot(replayed)).as(repro).isEqualTo(snapshot(live));
        assertThat(snapshot(restarted)).as(repro).isEqualTo(snapshot(live));
    }

    private static EventApplier<Posting, Line> replay(List<LoggedEvent> log, DedupLimits limits) {
        EventApplier<Posting, Line> applier = applier(limits);
        log.forEach(event -> event.applyTo(applier));
        return applier;
    }

    private static EventApplier<Posting, Line> copy(
            EventApplier<Posting, Line> applier, DedupLimits limits) throws Exception {
        SnapshotBytes.Reader in = new SnapshotBytes.Reader(snapshot(applier));
        EventApplier<Posting, Line> copy = applier(limits);
        copy.restore(in, 1);
        assertThat(in.remaining()).isZero();
        return copy;
    }

    static byte[] snapshot(EventApplier<Posting, Line> applier) throws Exception {
        SnapshotBytes.Writer out = new SnapshotBytes.Writer();
        applier.snapshot(out);
        return out.toByteArray();
    }

    static EventApplier<Posting, Line> applier(DedupLimits limits) {
        return new EventApplier<>(
                new Ledger(), new Posting.PostingCodec(), new Line.LineCodec(), limits);
    }

    private static Ledger ledger(EventApplier<Posting, Line> applier) {
        return (Ledger) applier.application();
    }

    private static DedupLimits smallLimits(Random random) {
        return new DedupLimits(
                1 + random.nextInt(20),
                64 << random.nextInt(2),
                1 + random.nextInt(40),
                1 + random.nextInt(200),
                64 << random.nextInt(8));
    }
}
