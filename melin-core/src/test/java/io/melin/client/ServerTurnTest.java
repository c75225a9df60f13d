package io.melin.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.melin.testing.Seeds;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** {@link ServerTurn}, V1 and V2. */
class ServerTurnTest {
    private static final ServerAddress A = new ServerAddress("a", 1);
    private static final ServerAddress B = new ServerAddress("b", 2);
    private static final ServerAddress C = new ServerAddress("c", 3);
    private static final ReconnectConfig PAUSES =
            new ReconnectConfig(Duration.ofMillis(10), Duration.ofMillis(1_000));

    /** V1. */
    @TestFactory
    Stream<DynamicTest> pausesAreSpreadEvenlyBelowTheirCeiling() {
        return Seeds.each(
                getClass(),
                (random, repro) -> {
                    for (int round = 0; round < 100; round++) {
                        double sum = 0;
                        long ceilingNs = Math.min(1_000, 10L << Math.min(round, 10)) * 1_000_000;
                        assertThat(PAUSES.ceilingNs(round)).as(repro).isEqualTo(ceilingNs);
                        ServerTurn turn = new ServerTurn(List.of(A), PAUSES, random);
                        for (int i = 0; i < 500; i++) {
                            long pauseNs = turn.pauseNs(round);
                            assertThat(pauseNs).as(repro).isBetween(0L, ceilingNs);
                            sum += pauseNs;
                        }
                        assertThat(sum / 500 / ceilingNs).as(repro).isBetween(0.35, 0.65);
                    }
                });
    }

    @Test
    void ceilingsNeverOverflow() {
        ReconnectConfig year = new ReconnectConfig(Duration.ofNanos(1), Duration.ofDays(365));
        long before = 0;
        for (int round = 0; round < 200; round++) {
            assertThat(year.ceilingNs(round)).isGreaterThanOrEqualTo(before);
            before = year.ceilingNs(round);
        }
        assertThat(before).isEqualTo(Duration.ofDays(365).toNanos());
        assertThat(year.ceilingNs(Integer.MAX_VALUE)).isEqualTo(before);
    }

    /** V2. */
    @Test
    void eachServerIsTriedOnceARound() {
        ServerTurn turn = new ServerTurn(List.of(A, B, C), PAUSES, new Random(1));
        for (ServerAddress server : List.of(A, B, C, A, B, C, A)) {
            assertThat(turn.current()).isEqualTo(server);
            turn.failed();
        }
    }

    @Test
    void aNamedServerIsTriedOnceAndAtOnceTheFirstTime() {
        ServerTurn turn = new ServerTurn(List.of(A, B), PAUSES, new Random(1));

        assertThat(turn.canMove("c:3")).isTrue();
        assertThat(turn.moved("c:3")).isZero();
        assertThat(turn.current()).isEqualTo(C);
        turn.failed();
        assertThat(List.of(A, B)).contains(turn.current());
        turn.moved("c:3");
        turn.served();
        assertThat(turn.moved("nowhere")).isZero();
        assertThat(List.of(A, B)).contains(turn.current());
    }

    @Test
    void nowhereToGoIsNoMove() {
        ServerTurn turn = new ServerTurn(List.of(A), PAUSES, new Random(1));

        assertThat(turn.canMove("")).isFalse();
        assertThat(turn.canMove("a:1")).isFalse();
        assertThat(turn.canMove("b:2")).isTrue();
        assertThat(turn.superseded()).isBetween(0L, Duration.ofMillis(1_000).toNanos());
    }
}
