package io.melin.sample.exchange.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.melin.sample.exchange.gateway.ExchangeTag;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

/** Table of what may come: R1 and R2 of ReportChecker. */
class ReportCheckerTest {
    private static final long OWN = 42;
    private static final long OTHER = 43;

    private final ReportChecker checker = new ReportChecker();

    @Test
    void anOrderMayTradeCancelMakersAndRest() {
        assertThat(submit(fill(OTHER, OWN))).isTrue();
        assertThat(submit(cancelled(OTHER))).as("a maker's").isTrue();
        assertThat(submit(fill(OTHER, OWN))).isTrue();
        assertThat(submit(placed(OWN))).isTrue();
        assertThat(checker.isComplete(ExchangeTag.SUBMIT)).isTrue();
        assertThat(submit(fill(OTHER, OWN))).as("behind the rest").isFalse();
    }

    @Test
    void anOrderHasAReportOfItsOwn() {
        assertThat(checker.isComplete(ExchangeTag.SUBMIT)).isFalse();
        assertThat(submit(placed(OTHER))).isFalse();
        checker.next();
        assertThat(submit(fill(OWN, OTHER))).isFalse();
        checker.next();
        assertThat(submit(replaced(OWN))).isFalse();
    }

    @Test
    void aRejectionStandsAlone() {
        assertThat(submit(rejected(OWN))).isTrue();
        assertThat(checker.isRejected()).isTrue();
        assertThat(submit(cancelled(OWN))).isFalse();
        checker.next();
        submit(fill(OTHER, OWN));
        assertThat(submit(rejected(OWN))).isFalse();
        checker.next();
        assertThat(submit(rejected(OTHER))).isFalse();
    }

    @Test
    void aCancelHasAtMostOne() {
        assertThat(checker.isComplete(ExchangeTag.CANCEL)).isTrue();
        assertThat(take(ExchangeTag.CANCEL, cancelled(OWN))).isTrue();
        assertThat(take(ExchangeTag.CANCEL, cancelled(OWN))).isFalse();
        checker.next();
        assertThat(take(ExchangeTag.CANCEL, cancelled(OTHER))).isFalse();
        checker.next();
        assertThat(take(ExchangeTag.CANCEL, rejected(OWN))).isFalse();
    }

    @Test
    void aReplaceHasJustOne() {
        assertThat(checker.isComplete(ExchangeTag.CANCEL_REPLACE)).isFalse();
        assertThat(take(ExchangeTag.CANCEL_REPLACE, replaced(OWN))).isTrue();
        assertThat(checker.isComplete(ExchangeTag.CANCEL_REPLACE)).isTrue();
        assertThat(take(ExchangeTag.CANCEL_REPLACE, replaced(OWN))).isFalse();
        checker.next();
        assertThat(take(ExchangeTag.CANCEL_REPLACE, placed(OWN))).isFalse();
    }

    @Test
    void reportsHaveTheirLength() {
        ByteBuffer placed = placed(OWN);
        assertThat(submit(placed.limit(placed.limit() - 1))).isFalse();
        checker.next();
        assertThat(submit(frame((byte) 0x4F, 0, OWN, OWN))).isFalse();
    }

    private boolean submit(ByteBuffer report) {
        return take(ExchangeTag.SUBMIT, report);
    }

    private boolean take(byte request, ByteBuffer report) {
        return checker.take(request, OWN, report);
    }

    private static ByteBuffer placed(long id) {
        return frame(ExchangeTag.PLACED, 33, id, 0);
    }

    private static ByteBuffer cancelled(long id) {
        return frame(ExchangeTag.CANCELLED, 24, id, 0);
    }

    private static ByteBuffer rejected(long id) {
        return frame(ExchangeTag.REJECTED, 17, id, 0);
    }

    private static ByteBuffer replaced(long id) {
        return frame(ExchangeTag.REPLACED, 49, id, 0);
    }

    private static ByteBuffer fill(long maker, long taker) {
        return frame(ExchangeTag.FILL, 60, maker, taker).putLong(37, 1).position(0);
    }

    private static ByteBuffer frame(byte tag, int payload, long first, long second) {
        ByteBuffer frame =
                ByteBuffer.allocate(32 + payload).order(ByteOrder.LITTLE_ENDIAN).put(tag);
        frame.putLong(first).putLong(second);
        return frame.limit(1 + payload).position(0);
    }
}
