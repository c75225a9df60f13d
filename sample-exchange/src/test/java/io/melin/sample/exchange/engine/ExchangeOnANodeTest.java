package io.melin.sample.exchange.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.melin.app.EventId;
import io.melin.app.MelinResult;
import io.melin.sample.exchange.Seeds;
import io.melin.sample.exchange.wire.ExchangeEvent;
import io.melin.sample.exchange.wire.ExchangeEventCodec;
import io.melin.sample.exchange.wire.ExchangeReport;
import io.melin.sample.exchange.wire.ExchangeReportCodec;
import io.melin.test.MelinFixture;
import io.melin.test.ReplayCheck;
import java.util.Iterator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * On a whole node the exchange answers as it does alone, whatever is cut, restarted or repeated.
 */
class ExchangeOnANodeTest {
    private static final int EVENTS = 300;

    /** A logger without a strong reference forgets its level. */
    private static final Logger LOG = Logger.getLogger("io.melin");

    /** Hundreds of starts are not news. */
    @BeforeAll
    static void beQuiet() {
        LOG.setLevel(Level.WARNING);
    }

    @AfterAll
    static void speakAgain() {
        LOG.setLevel(null);
    }

    /** Property 10, with the journal in between. */
    @Test
    void answersAsItDoesAlone() {
        for (long seed : Seeds.of("ExchangeOnANodeTest", 10)) {
            SplittableRandom random = Seeds.random(seed);
            Histories histories = new Histories(random, seed % 3 == 0);
            Harness alone = Harness.create();
            try (MelinFixture<ExchangeEvent, ExchangeReport> node = node(seed)) {
                for (int i = 0; i < EVENTS; i++) {
                    ExchangeEvent event =
                            i < histories.opening().size()
                                    ? histories.opening().get(i)
                                    : histories.next();
                    String at = "seed=%d, event=%d".formatted(seed, i);
                    List<String> expected = alone.apply(event);

                    MelinResult<ExchangeReport> first =
                            node.when(event, EventId.of(7, i + 1)).result();

                    assertThat(texts(first)).as(at).isEqualTo(expected);
                    disturb(node, random);
                    repeat(node, event, EventId.of(7, i + 1), first, at);
                    assertThat(digest(node)).as(at).isEqualTo(alone.application().digest());
                }
            }
        }
    }

    @Test
    void isTheSameLiveFromSnapshotsAndReplayed() {
        ReplayCheck.of(
                        new ExchangeApplication(),
                        new ExchangeEventCodec(),
                        new ExchangeReportCodec())
                .check(ExchangeOnANodeTest::events);
    }

    private static Supplier<ExchangeEvent> events(SplittableRandom random) {
        Histories histories = new Histories(random, random.nextInt(3) == 0);
        Iterator<ExchangeEvent> opening = histories.opening().iterator();
        return () -> opening.hasNext() ? opening.next() : histories.next();
    }

    private static void disturb(
            MelinFixture<ExchangeEvent, ExchangeReport> node, SplittableRandom random) {
        switch (random.nextInt(40)) {
            case 0 -> node.crashAndRecover();
            case 1 -> node.restart();
            default -> {}
        }
    }

    /** The same request again: the first outcome, and nothing happens twice. */
    private static void repeat(
            MelinFixture<ExchangeEvent, ExchangeReport> node,
            ExchangeEvent event,
            EventId id,
            MelinResult<ExchangeReport> first,
            String at) {
        MelinResult<ExchangeReport> again = node.when(event, id).result();
        assertThat(again.duplicate()).as(at).isTrue();
        assertThat(again.sequence()).as(at).isEqualTo(first.sequence());
        assertThat(texts(again)).as(at).isEqualTo(texts(first));
    }

    private static MelinFixture<ExchangeEvent, ExchangeReport> node(long seed) {
        return MelinFixture.of(
                new ExchangeApplication(),
                new ExchangeEventCodec(),
                new ExchangeReportCodec(),
                seed);
    }

    private static List<String> texts(MelinResult<ExchangeReport> result) {
        return result.reports().stream().map(ReportText::of).toList();
    }

    private static long digest(MelinFixture<ExchangeEvent, ExchangeReport> node) {
        return node.query(ExchangeApplication.class, (exchange, live) -> exchange.digest());
    }
}
