package io.melin.sample.exchange.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** O1 of Pace, on a clock that the test moves: two clients, 1,000 requests a second together. */
class PaceTest {
    private static final long MS = 1_000_000;
    private static final long FIRST = 11;

    private final Phases phases = new Phases(new Timing(0, 100 * MS, 1_000 * MS), 1);
    private Pace even = pace(0, 1_000);
    private Pace odd = pace(1, 1_000);
    private long startNs;

    @BeforeEach
    void start() {
        phases.ready();
        startNs = phases.startNs();
        even.start(FIRST);
        odd.start(FIRST);
    }

    @Test
    void clientsTakeTurns() {
        assertThat(even.scheduled(FIRST)).isEqualTo(startNs);
        assertThat(odd.scheduled(FIRST)).isEqualTo(startNs + MS);
        assertThat(even.scheduled(FIRST + 1)).isEqualTo(startNs + 2 * MS);
        assertThat(even.due(startNs - 1)).isEqualTo(FIRST - 1);
        assertThat(even.due(startNs)).isEqualTo(FIRST);
        assertThat(odd.due(startNs)).isEqualTo(FIRST - 1);
        assertThat(odd.due(startNs + MS)).isEqualTo(FIRST);
        assertThat(even.due(startNs + 10 * MS)).isEqualTo(FIRST + 5);
    }

    @Test
    void theScheduleEndsWithTheMeasuredSpan() {
        assertThat(even.last() - FIRST + 1 + odd.last() - FIRST + 1).isEqualTo(100);
        assertThat(even.due(startNs + 500 * MS)).isEqualTo(even.last());
        long after = even.last() + 1;
        assertThat(even.countedFrom(after, startNs + 500 * MS)).isEqualTo(startNs + 500 * MS);
    }

    @Test
    void onlyTheClientsTimerIsForgivenAndOnlyForAMillisecond() {
        assertThat(even.countedFrom(FIRST, startNs + MS)).isEqualTo(startNs + MS);
        assertThat(even.isOwnFault(FIRST, startNs + MS)).isFalse();
        assertThat(even.countedFrom(FIRST, startNs + MS + 1)).isEqualTo(startNs);
        assertThat(even.isOwnFault(FIRST, startNs + MS + 1)).isTrue();
    }

    @Test
    void whatTheServerHoldsUpCountsFromItsTime() {
        even.blocked(startNs + 4 * MS);

        assertThat(even.countedFrom(FIRST + 2, startNs + 4 * MS + 1)).isEqualTo(startNs + 4 * MS);
        assertThat(even.isOwnFault(FIRST + 2, startNs + 50 * MS)).isFalse();
        assertThat(even.countedFrom(FIRST + 3, startNs + 6 * MS + 1))
                .isEqualTo(startNs + 6 * MS + 1);
    }

    @Test
    void inAClosedLoopEverythingIsDueAndCountsFromNow() {
        Pace closed = pace(0, 0);
        closed.start(FIRST);

        assertThat(closed.due(startNs)).isEqualTo(Long.MAX_VALUE);
        assertThat(closed.countedFrom(FIRST, startNs + 77)).isEqualTo(startNs + 77);
        assertThat(closed.isOwnFault(FIRST, startNs + 77)).isFalse();
    }

    private Pace pace(int client, double rate) {
        return new Pace(new Shape(2, 1, rate, Flow.FIXED, 8, 4, 42), phases, client);
    }
}
