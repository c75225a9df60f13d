package io.melin.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.melin.app.Application;
import io.melin.app.EventContext;
import io.melin.app.EventRejected;
import io.melin.app.Reports;
import io.melin.app.SnapshotReader;
import io.melin.app.SnapshotWriter;
import io.melin.apply.Outcome.Kind;
import io.melin.event.EventHeader;
import io.melin.event.EventKind;
import io.melin.event.IdScheme;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventApplierTest {
    private final EventApplier<Posting, Line> applier =
            EventApplierOracleTest.applier(DedupLimits.LINEAGE);
    private final EventHeader header = new EventHeader();
    private long sequence;

    @Test
    void appliesAnEventAndGivesItsReports() {
        Outcome<Line> outcome = app(100, Posting.bytes(Posting.ADD, 2, 30));

        assertThat(outcome.kind()).isEqualTo(Kind.APPLIED);
        assertThat(outcome.isDuplicate()).isFalse();
        assertThat(outcome.sequence()).isEqualTo(1);
        assertThat(outcome.timeNs()).isEqualTo(100);
        assertThat(Result.text(outcome.reports())).containsExactly("30+0", "31+1");
        assertThat(outcome).isSameAs(applier.outcome());
        assertThat(ledger().total()).isEqualTo(30);
        assertThat(applier.position()).isEqualTo(new StatePosition(1, 100, 100, 0));
    }

    @Test
    void refusesAGapInTheOrder() {
        app(100, Posting.bytes(Posting.ADD, 0, 1));
        sequence++;

        assertThatThrownBy(() -> app(100, Posting.bytes(Posting.ADD, 0, 1)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("A1")
                .hasMessageContaining("expected=2, found=3");
    }

    /** A3. */
    @Test
    void ticksOnceForEachAdvanceOfTimeAndNeverForAnEqualOrLowerOne() {
        app(100, Posting.bytes(Posting.ADD, 0, 1));
        app(100, Posting.bytes(Posting.ADD, 0, 1));
        app(90, Posting.bytes(Posting.ADD, 0, 1));
        apply(EventKind.TICK, 95, empty());
        apply(EventKind.TICK, 101, empty());
        apply(EventKind.EPOCH, 105, epoch(3));

        assertThat(ledger().ticks).containsExactly(100L, 101L, 105L);
        assertThat(applier.drainedTimeNs()).isEqualTo(105);
        assertThat(applier.lastTimeNs()).isEqualTo(105);
    }

    @Test
    void keepsTheReportsOfATickApart() {
        Outcome<Line> outcome = app(100, Posting.bytes(Posting.ADD, 1, 7));

        assertThat(Result.text(applier.tickReports())).containsExactly("100+0");
        assertThat(Result.text(outcome.reports())).containsExactly("7+0");

        app(100, Posting.bytes(Posting.ADD, 1, 7));

        assertThat(applier.tickReports().count()).isZero();
    }

    @Test
    void givesATickNoClient() {
        EventApplier<Posting, Line> probing = applierOf(new ClientProbe());
        header.id(IdScheme.CLIENT_REQUEST, 44, 1).event(EventKind.APP, 1, 100);
        probing.apply(header, Posting.bytes(Posting.ADD, 0, 1), 7);

        assertThat(Result.text(probing.tickReports())).containsExactly("0+0");
        assertThat(Result.text(probing.outcome().reports())).containsExactly("44+0");
    }

    @Test
    void rejectsWithTheReasonOfTheApplicationAndStillMovesTime() {
        Outcome<Line> outcome = app(100, Posting.bytes(Posting.ADD, 3, -5));

        assertThat(outcome.kind()).isEqualTo(Kind.REJECTED);
        assertThat(outcome.reason()).isEqualTo("overdrawn: total=0, amount=-5");
        assertThat(outcome.reports().count()).isZero();
        assertThat(ledger().ticks).containsExactly(100L);
    }

    /** A2. */
    @Test
    void returnsTheFirstOutcomeToARepeatWithoutATickOrAnApply() {
        named(1, 100, Posting.bytes(Posting.ADD, 2, 30));
        app(110, Posting.bytes(Posting.ADD, 0, 1));
        Outcome<Line> repeat = named(1, 120, Posting.bytes(Posting.ADD, 2, 30));

        assertThat(Result.of(applier))
                .isEqualTo(
                        new Result(
                                Kind.APPLIED,
                                true,
                                1,
                                100,
                                "",
                                List.of("30+0", "31+1"),
                                List.of()));
        assertThat(repeat.isDuplicate()).isTrue();
        assertThat(ledger().total()).isEqualTo(31);
        assertThat(ledger().ticks).containsExactly(100L, 110L);
        assertThat(applier.position()).isEqualTo(new StatePosition(3, 120, 110, 0));
    }

    @Test
    void returnsTheFirstRejectionToARepeatThatWouldNowBeTaken() {
        named(1, 100, Posting.bytes(Posting.ADD, 0, -5));
        app(110, Posting.bytes(Posting.ADD, 0, 50));
        Outcome<Line> repeat = named(1, 120, Posting.bytes(Posting.ADD, 0, -5));

        assertThat(repeat.kind()).isEqualTo(Kind.REJECTED);
        assertThat(repeat.isDuplicate()).isTrue();
        assertThat(repeat.sequence()).isEqualTo(1);
        assertThat(repeat.reason()).isEqualTo("overdrawn: total=0, amount=-5");
        assertThat(ledger().total()).isEqualTo(50);
    }

    @Test
    void saysIdConflictForTheSameIdWithAnotherPayload() {
        named(1, 100, Posting.bytes(Posting.ADD, 0, 5));
        Outcome<Line> conflict = named(1, 120, Posting.bytes(Posting.ADD, 0, 6));

        assertThat(conflict.kind()).isEqualTo(Kind.ID_CONFLICT);
        assertThat(conflict.isDuplicate()).isFalse();
        assertThat(conflict.sequence()).isEqualTo(2);
        assertThat(ledger().total()).isEqualTo(5);
        assertThat(ledger().ticks).containsExactly(100L);
    }

    @Test
    void keepsTheNameSpacesOfTheTwoDoorsApart() {
        named(1, 100, Posting.bytes(Posting.ADD, 0, 5));
        header.id((byte) (IdScheme.CLIENT_REQUEST | IdScheme.GATEWAY), 9, 1);
        Outcome<Line> other = apply(EventKind.APP, 100, Posting.bytes(Posting.ADD, 0, 5));

        assertThat(other.kind()).isEqualTo(Kind.APPLIED);
        assertThat(other.isDuplicate()).isFalse();
        assertThat(ledger().total()).isEqualTo(10);
    }

    @Test
    void saysUnknownOutcomeBelowTheWindowThoughTheOutcomeIsHeld() {
        named(1, 100, Posting.bytes(Posting.ADD, 0, 5));
        named(1_025, 100, Posting.bytes(Posting.ADD, 0, 5));

        assertThat(named(1, 100, Posting.bytes(Posting.ADD, 0, 5)).kind())
                .isEqualTo(Kind.UNKNOWN_OUTCOME);
        assertThat(named(2, 100, Posting.bytes(Posting.ADD, 0, 5)).kind()).isEqualTo(Kind.APPLIED);
        assertThat(ledger().total()).isEqualTo(15);
    }

    @Test
    void readsRequestNumbersAsUnsigned() {
        named(-1, 100, Posting.bytes(Posting.ADD, 0, 5));

        assertThat(named(-2, 100, Posting.bytes(Posting.ADD, 0, 5)).isDuplicate()).isFalse();
        assertThat(named(-1, 100, Posting.bytes(Posting.ADD, 0, 5)).isDuplicate()).isTrue();
        assertThat(named(1, 100, Posting.bytes(Posting.ADD, 0, 5)).kind())
                .isEqualTo(Kind.UNKNOWN_OUTCOME);
        assertThat(ledger().total()).isEqualTo(10);
    }

    @Test
    void remembersTheHighestEpoch() {
        apply(EventKind.EPOCH, 100, epoch(5));
        apply(EventKind.EPOCH, 100, epoch(4));

        assertThat(applier.epoch()).isEqualTo(5);
        assertThat(applier.outcome().kind()).isEqualTo(Kind.NONE);
    }

    @ParameterizedTest
    @ValueSource(bytes = {EventKind.POLICY_CHANGE, EventKind.SKIP, EventKind.CONFIG, 0, 7, -1})
    void stopsAtAKindThatIsReservedOrUnknown(byte kind) {
        String name =
                switch (kind) {
                    case EventKind.POLICY_CHANGE -> "POLICY_CHANGE";
                    case EventKind.SKIP -> "SKIP";
                    case EventKind.CONFIG -> "CONFIG";
                    default -> "unknown(" + kind + ")";
                };

        assertThatThrownBy(() -> apply(kind, 100, empty()))
                .isInstanceOfSatisfying(
                        UnappliableEventException.class, e -> assertThat(e.sequence()).isEqualTo(1))
                .hasMessageContaining("sequence=1, kind=" + name);
        assertThat(applier.drainedTimeNs()).isZero();
    }

    @ParameterizedTest
    @ValueSource(bytes = {3, 4, 7, 8, -1})
    void stopsAtAnUnknownIdScheme(byte scheme) {
        header.id(scheme, 1, 1);

        assertThatThrownBy(() -> apply(EventKind.APP, 100, Posting.bytes(Posting.ADD, 0, 1)))
                .isInstanceOf(UnappliableEventException.class)
                .hasMessageContaining("idScheme=" + scheme);
    }

    @Test
    void stopsAtATickWithAPayload() {
        assertThatThrownBy(() -> apply(EventKind.TICK, 100, ByteBuffer.allocate(1)))
                .isInstanceOf(UnappliableEventException.class)
                .hasMessageContaining("payloadBytes=1, expected=0, sequence=1, kind=TICK");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 7, 9})
    void stopsAtAnEpochOfAnotherLength(int bytes) {
        assertThatThrownBy(() -> apply(EventKind.EPOCH, 100, ByteBuffer.allocate(bytes)))
                .isInstanceOf(UnappliableEventException.class)
                .hasMessageContaining("payloadBytes=" + bytes + ", expected=8");
    }

    @Test
    void stopsAtAnEpochThatIsOutOfRange() {
        assertThatThrownBy(() -> apply(EventKind.EPOCH, 100, epoch(-1)))
                .isInstanceOf(UnappliableEventException.class)
                .hasMessageContaining("epoch=18446744073709551615");
    }

    @Test
    void stopsAtAPayloadThatDoesNotDecode() {
        assertThatThrownBy(() -> app(100, ByteBuffer.allocate(3)))
                .isInstanceOf(UnappliableEventException.class)
                .hasMessage(
                        "event cannot be applied: payload not decodable: codecVersion=7,"
                                + " payloadBytes=3, sequence=1, kind=APP")
                .hasCauseInstanceOf(java.nio.BufferUnderflowException.class);
        assertPoisoned();
    }

    @Test
    void isPoisonedByAnApplicationThatThrows() throws Exception {
        assertThatThrownBy(() -> named(1, 100, Posting.bytes(Posting.THROW, 0, 0)))
                .isExactlyInstanceOf(IllegalStateException.class)
                .hasMessage("bug in the ledger");
        assertPoisoned();
        assertThat(applier.failure()).hasMessage("bug in the ledger");
    }

    @Test
    void isPoisonedByAnApplicationThatTicksBadly() {
        EventApplier<Posting, Line> rejecting = applierOf(new RejectingTick());
        header.event(EventKind.TICK, 1, 100);

        assertThatThrownBy(() -> rejecting.apply(header, empty(), 7))
                .isInstanceOf(EventRejected.class);
        assertThatThrownBy(rejecting::application).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void stopsAtARejectionAfterAReport() {
        assertThatThrownBy(() -> app(100, Posting.bytes(Posting.REJECT_AFTER_REPORT, 0, 0)))
                .isInstanceOf(UnappliableEventException.class)
                .hasMessageContaining("rejected after it reported")
                .hasMessageContaining("reports=1, sequence=1, kind=APP")
                .hasCauseInstanceOf(EventRejected.class);
        assertPoisoned();
    }

    @ParameterizedTest
    @ValueSource(bytes = {Posting.SWALLOW_BROKEN_REPORT, Posting.REJECT_OUT_OF_A_BROKEN_REPORT})
    void stopsWhenTheApplicationSwallowsAReportThatDidNotEncode(byte action) {
        assertThatThrownBy(() -> app(100, Posting.bytes(action, 0, 0)))
                .isInstanceOf(UnappliableEventException.class)
                .hasMessageContaining("after a report failed to encode");
        assertPoisoned();
    }

    @Test
    void handsTheCodecVersionOfTheLogToTheCodec() {
        EventApplier<Posting, Line> other = EventApplierOracleTest.applier(DedupLimits.LINEAGE);
        header.event(EventKind.APP, 1, 100);
        applier.apply(header, Posting.bytes(Posting.ADD, 0, 1), 7);
        other.apply(header, Posting.bytes(Posting.ADD, 0, 1), 6);

        assertThat(other.digest()).isNotEqualTo(applier.digest());
    }

    @Test
    void restoresOnlyBeforeItsFirstEvent() throws Exception {
        byte[] snapshot = EventApplierOracleTest.snapshot(applier);
        app(100, Posting.bytes(Posting.ADD, 0, 1));

        assertThatThrownBy(() -> applier.restore(new SnapshotBytes.Reader(snapshot), 1))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("restore");
    }

    /** A4. */
    private void assertPoisoned() {
        Throwable failure = applier.failure();
        assertThat(failure).isNotNull();
        assertThatThrownBy(() -> app(200, Posting.bytes(Posting.ADD, 0, 1)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("poisoned")
                .hasMessageContaining("lastSequence=0")
                .hasCause(failure);
        assertThatThrownBy(applier::application).hasMessageContaining("poisoned");
        assertThatThrownBy(applier::digest).hasMessageContaining("poisoned");
        assertThatThrownBy(() -> applier.snapshot(new SnapshotBytes.Writer()))
                .hasMessageContaining("poisoned");
    }

    private Ledger ledger() {
        return (Ledger) applier.application();
    }

    private static ByteBuffer empty() {
        return ByteBuffer.allocate(0);
    }

    private static ByteBuffer epoch(long epoch) {
        return ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(0, epoch);
    }

    private Outcome<Line> app(long timeNs, ByteBuffer payload) {
        header.id(IdScheme.NONE, 0, 0);
        return apply(EventKind.APP, timeNs, payload);
    }

    /** With request {@code request} of client 9. */
    private Outcome<Line> named(long request, long timeNs, ByteBuffer payload) {
        header.id(IdScheme.CLIENT_REQUEST, 9, request);
        return apply(EventKind.APP, timeNs, payload);
    }

    private Outcome<Line> apply(byte kind, long timeNs, ByteBuffer payload) {
        return applier.apply(header.event(kind, ++sequence, timeNs), payload, 7);
    }

    private static EventApplier<Posting, Line> applierOf(Application<Posting, Line> application) {
        return new EventApplier<>(
                application, new Posting.PostingCodec(), new Line.LineCodec(), DedupLimits.LINEAGE);
    }

    /** Reports the client that it sees. */
    private static class ClientProbe implements Application<Posting, Line> {
        @Override
        public void apply(Posting event, EventContext context, Reports<Line> reports) {
            reports.add(new Line().set(context.client(), 0));
        }

        @Override
        public void tick(EventContext context, Reports<Line> reports) {
            reports.add(new Line().set(context.client(), 0));
        }

        @Override
        public Application<Posting, Line> fresh() {
            return new ClientProbe();
        }

        @Override
        public void snapshot(SnapshotWriter out) throws IOException {
            out.writeByte(0);
        }

        @Override
        public void restore(SnapshotReader in, int version) throws IOException {
            in.readByte();
        }
    }

    private static final class RejectingTick extends ClientProbe {
        @Override
        public void tick(EventContext context, Reports<Line> reports) {
            throw new EventRejected("no time");
        }
    }
}
