package io.melin.apply;

import static org.assertj.core.api.Assertions.assertThat;

import io.melin.apply.DedupTable.Verdict;
import io.melin.event.EventHeader;
import io.melin.event.EventKind;
import io.melin.event.IdScheme;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/**
 * The rows of the table in {@link DedupTable}, W1 to W3 of {@link ClientWindows} and O1 and O2 of
 * {@link OutcomeStore}, at limits small enough to reach.
 */
class DedupTableTest {
    private static final byte CLIENT = IdScheme.CLIENT_REQUEST;
    private static final byte KEY = IdScheme.KEY;

    private final Outcome<Line> outcome = new Outcome<>(new Line.LineCodec());
    private DedupTable table = new DedupTable(new DedupLimits(2, 64, 2, 3, 128));
    private long sequence;

    @Test
    void callsAnIdNewUntilItIsRemembered() {
        assertThat(check(CLIENT, 1, 1, 'a')).isEqualTo(Verdict.NEW);
        assertThat(check(CLIENT, 1, 1, 'a')).as("D2").isEqualTo(Verdict.NEW);

        remember(CLIENT, 1, 1, 'a', 0);

        assertThat(check(CLIENT, 1, 1, 'a')).as("D4").isEqualTo(Verdict.DUPLICATE);
        assertThat(check(CLIENT, 1, 1, 'b')).as("D4").isEqualTo(Verdict.ID_CONFLICT);
        assertThat(check(CLIENT, 1, 2, 'a')).isEqualTo(Verdict.NEW);
        assertThat(check(CLIENT, 2, 1, 'a')).isEqualTo(Verdict.NEW);
    }

    @Test
    void takesNumbersOfTheWindowInAnyOrder() {
        remember(CLIENT, 1, 100, 'a', 0);
        remember(CLIENT, 1, 37, 'a', 0);

        assertThat(check(CLIENT, 1, 37, 'a')).as("W1").isEqualTo(Verdict.DUPLICATE);
        assertThat(check(CLIENT, 1, 38, 'a')).as("W1").isEqualTo(Verdict.NEW);
        assertThat(check(CLIENT, 1, 36, 'a')).as("W2").isEqualTo(Verdict.UNKNOWN_OUTCOME);
    }

    @Test
    void knowsNoOutcomeBelowTheWindowThoughItIsHeld() {
        remember(CLIENT, 1, 36, 'a', 0);
        remember(CLIENT, 1, 100, 'a', 0);

        assertThat(check(CLIENT, 1, 36, 'a')).as("W2").isEqualTo(Verdict.UNKNOWN_OUTCOME);
    }

    @Test
    void clearsTheWindowOnAJumpOverAllOfIt() {
        remember(CLIENT, 1, 5, 'a', 0);
        remember(CLIENT, 1, 5 + 2 * 64, 'a', 0);

        assertThat(check(CLIENT, 1, 5 + 64 + 1, 'a')).as("W1").isEqualTo(Verdict.NEW);
        assertThat(check(CLIENT, 1, 5 + 64, 'a')).as("W2").isEqualTo(Verdict.UNKNOWN_OUTCOME);
    }

    @Test
    void saysUnknownOnceTheOutcomeGaveWayByCount() {
        remember(CLIENT, 1, 1, 'a', 0);
        remember(KEY, 7, 7, 'a', 0);
        remember(CLIENT, 1, 2, 'a', 0);
        remember(CLIENT, 1, 3, 'a', 0);

        assertThat(check(CLIENT, 1, 1, 'a')).as("O1 D3").isEqualTo(Verdict.UNKNOWN_OUTCOME);
        assertThat(check(CLIENT, 1, 1, 'b')).as("D4").isEqualTo(Verdict.UNKNOWN_OUTCOME);
        assertThat(check(KEY, 7, 7, 'a')).isEqualTo(Verdict.DUPLICATE);

        remember(CLIENT, 1, 4, 'a', 0);

        assertThat(check(KEY, 7, 7, 'a')).as("O1 D3").isEqualTo(Verdict.UNKNOWN_OUTCOME);
    }

    @Test
    void saysUnknownOnceTheOutcomeGaveWayByBytes() {
        remember(CLIENT, 1, 1, 'a', 50);
        remember(CLIENT, 1, 2, 'a', 54);

        assertThat(check(CLIENT, 1, 1, 'a')).as("62 + 66 bytes").isEqualTo(Verdict.DUPLICATE);

        remember(CLIENT, 1, 3, 'a', 0);

        assertThat(check(CLIENT, 1, 1, 'a')).as("O1").isEqualTo(Verdict.UNKNOWN_OUTCOME);
        assertThat(check(CLIENT, 1, 2, 'a')).as("O1").isEqualTo(Verdict.DUPLICATE);
    }

    @Test
    void holdsNoOutcomeOverTheBoundAndDropsNoneForIt() {
        remember(CLIENT, 1, 1, 'a', 0);
        remember(CLIENT, 1, 2, 'a', 117);

        assertThat(check(CLIENT, 1, 2, 'a')).as("O1").isEqualTo(Verdict.UNKNOWN_OUTCOME);
        assertThat(check(CLIENT, 1, 1, 'a')).as("O1").isEqualTo(Verdict.DUPLICATE);

        remember(CLIENT, 1, 3, 'a', 116);

        assertThat(check(CLIENT, 1, 3, 'a')).as("O1: 128 bytes").isEqualTo(Verdict.DUPLICATE);
        assertThat(check(CLIENT, 1, 1, 'a')).as("O1").isEqualTo(Verdict.UNKNOWN_OUTCOME);
    }

    @Test
    void givesBackOutcomesThatWrapAroundTheEndOfTheirRing() {
        for (int i = 1; i <= 50; i++) {
            remember(CLIENT, 1, i, 'a', i % 40);
            assertThat(check(CLIENT, 1, i, 'a')).as("O2").isEqualTo(Verdict.DUPLICATE);
            outcome.reset(0, 0);
            table.repeat(outcome);

            assertThat(outcome.sequence()).isEqualTo(i);
            assertThat(outcome.timeNs()).isEqualTo(i * 10L);
            assertThat(Result.text(outcome.reports())).as("O2").containsExactly(i + "+" + i % 40);
        }
    }

    @Test
    void forgetsTheClientThatWasWithoutANewEventForLongest() {
        table = new DedupTable(new DedupLimits(2, 64, 2, 1, 128));
        remember(CLIENT, 1, 1, 'a', 0);
        remember(CLIENT, 2, 1, 'a', 0);
        remember(CLIENT, 1, 2, 'a', 0);
        check(CLIENT, 2, 1, 'a');
        remember(CLIENT, 3, 1, 'a', 0);

        assertThat(check(CLIENT, 1, 1, 'a')).as("W3").isEqualTo(Verdict.UNKNOWN_OUTCOME);
        assertThat(check(CLIENT, 2, 1, 'a')).as("W3 D2").isEqualTo(Verdict.NEW);
    }

    @Test
    void startsAForgottenClientWithAnEmptyWindow() {
        table = new DedupTable(new DedupLimits(1, 64, 1, 1, 128));
        remember(CLIENT, 1, 500, 'a', 0);
        remember(CLIENT, 2, 10, 'a', 0);

        assertThat(check(CLIENT, 1, 500, 'a')).as("W3").isEqualTo(Verdict.NEW);
        assertThat(check(CLIENT, 2, 500 % 64, 'a')).as("W1").isEqualTo(Verdict.NEW);
        assertThat(check(CLIENT, 2, 9, 'a')).as("W1").isEqualTo(Verdict.NEW);
    }

    @Test
    void repeatsForAForgottenClientOrKeyWhileTheOutcomeIsHeld() {
        table = new DedupTable(new DedupLimits(1, 64, 1, 9, 128));
        remember(CLIENT, 1, 1, 'a', 0);
        remember(KEY, 5, 5, 'a', 0);
        remember(CLIENT, 2, 1, 'a', 0);
        remember(KEY, 6, 6, 'a', 0);

        assertThat(check(CLIENT, 1, 1, 'a')).as("D3 D5").isEqualTo(Verdict.DUPLICATE);
        assertThat(check(KEY, 5, 5, 'a')).as("D3").isEqualTo(Verdict.DUPLICATE);
        assertThat(check(KEY, 5, 5, 'b')).as("D3").isEqualTo(Verdict.ID_CONFLICT);
    }

    @Test
    void forgetsTheOldestKeyFirst() {
        table = new DedupTable(new DedupLimits(1, 64, 2, 1, 128));
        remember(KEY, 5, 5, 'a', 0);
        remember(KEY, 6, 6, 'a', 0);
        check(KEY, 5, 5, 'a');
        remember(KEY, 7, 7, 'a', 0);

        assertThat(check(KEY, 5, 5, 'a')).isEqualTo(Verdict.NEW);
        assertThat(check(KEY, 6, 6, 'a')).as("D3").isEqualTo(Verdict.UNKNOWN_OUTCOME);
    }

    @Test
    void comparesWholePayloadsAndLeavesThemWhereTheyWere() {
        ByteBuffer payload = ByteBuffer.wrap(new byte[] {9, 1, 2, 9}).position(1).limit(3);
        EventHeader header = header(KEY, 5, 5);
        table.check(header, payload);
        outcome.reset(1, 1);
        outcome.become(Outcome.Kind.APPLIED);
        table.remember(header, outcome);

        assertThat(payload.position()).isEqualTo(1);
        assertThat(payload.limit()).isEqualTo(3);
        assertThat(table.check(header, payload.duplicate())).isEqualTo(Verdict.DUPLICATE);
        assertThat(table.check(header, payload.duplicate().limit(2)))
                .isEqualTo(Verdict.ID_CONFLICT);
        assertThat(table.check(header, payload.duplicate().limit(4)))
                .isEqualTo(Verdict.ID_CONFLICT);
    }

    /** These two have the same CRC32C. */
    @Test
    void tellsPayloadsOfDifferentLengthsApartThoughTheirChecksumsAgree() {
        byte[] other = {'a', 103, (byte) 238, (byte) 244, (byte) 201};
        remember(KEY, 5, 5, 'a', 0);

        assertThat(table.check(header(KEY, 5, 5), ByteBuffer.wrap(other)))
                .isEqualTo(Verdict.ID_CONFLICT);
    }

    @Test
    void readsRequestNumbersAsUnsigned() {
        remember(CLIENT, 1, 5, 'a', 0);
        remember(CLIENT, 1, -1, 'a', 0);

        assertThat(check(CLIENT, 1, -1, 'a')).isEqualTo(Verdict.DUPLICATE);
        assertThat(check(CLIENT, 1, 5, 'a')).as("W2").isEqualTo(Verdict.UNKNOWN_OUTCOME);
        assertThat(check(CLIENT, 1, -64, 'a')).as("W1").isEqualTo(Verdict.NEW);
        assertThat(check(CLIENT, 1, -65, 'a')).as("W2").isEqualTo(Verdict.UNKNOWN_OUTCOME);
    }

    private Verdict check(byte scheme, long high, long low, char payload) {
        return table.check(header(scheme, high, low), ByteBuffer.wrap(new byte[] {(byte) payload}));
    }

    /** With one report of 12 + {@code filler} bytes, its length included. */
    private void remember(byte scheme, long high, long low, char payload, int filler) {
        assertThat(check(scheme, high, low, payload)).isEqualTo(Verdict.NEW);
        sequence++;
        outcome.reset(sequence, sequence * 10);
        outcome.become(Outcome.Kind.APPLIED);
        outcome.reports().add(new Line().set(sequence, filler));
        table.remember(header(scheme, high, low), outcome);
    }

    private EventHeader header(byte scheme, long high, long low) {
        return new EventHeader().event(EventKind.APP, sequence, 0).id(scheme, high, low);
    }
}
