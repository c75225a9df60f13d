package io.melin.sample.exchange.wire;

import io.melin.sample.exchange.domain.Name;
import io.melin.sample.exchange.domain.RejectReason;
import io.melin.sample.exchange.domain.Side;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened: a view of its bytes, see {@link ReportLayout}.
 *
 * <p>The application fills one instance again and again through {@link ReportWriter}; a codec's
 * {@code decode} gives one that owns a copy and never changes. Accessors of fields that the kind
 * does not have give nothing useful.
 */
public final class ExchangeReport {
    final ByteBuffer bytes;

    ExchangeReport(int length) {
        bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    }

    public ReportKind kind() {
        return Objects.requireNonNull(ReportKind.of(bytes.get(ReportLayout.KIND)));
    }

    public Side side() {
        return Objects.requireNonNull(Side.of(bytes.get(ReportLayout.SIDE)));
    }

    public RejectReason reason() {
        return Objects.requireNonNull(RejectReason.of(bytes.get(ReportLayout.REASON)));
    }

    /** What was rejected. */
    public EventKind request() {
        return Objects.requireNonNull(EventKind.of(bytes.get(ReportLayout.REQUEST)));
    }

    /** Symbol, or currency of a rejected transfer. Allocates. */
    public Name name() {
        return new Name(get(ReportLayout.NAME_HIGH), get(ReportLayout.NAME_LOW));
    }

    public long account() {
        return get(ReportLayout.ACCOUNT);
    }

    public long orderId() {
        return get(ReportLayout.ORDER_ID);
    }

    public long quantity() {
        return get(ReportLayout.QUANTITY);
    }

    public long price() {
        return get(ReportLayout.PRICE);
    }

    public long oldQuantity() {
        return get(ReportLayout.OLD_QUANTITY);
    }

    public long oldPrice() {
        return get(ReportLayout.OLD_PRICE);
    }

    public long makerAccount() {
        return get(ReportLayout.MAKER_ACCOUNT);
    }

    public long makerOrderId() {
        return get(ReportLayout.MAKER_ORDER_ID);
    }

    public long makerFee() {
        return get(ReportLayout.MAKER_FEE);
    }

    public long takerFee() {
        return get(ReportLayout.TAKER_FEE);
    }

    /** Reports are equal if they say the same. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ExchangeReport report
                && bytes.slice(0, length()).equals(report.bytes.slice(0, report.length()));
    }

    @Override
    public int hashCode() {
        return bytes.slice(0, length()).hashCode();
    }

    /** For logs and failed tests. */
    @Override
    public String toString() {
        return kind() + " " + account() + "/" + orderId() + " " + name();
    }

    int length() {
        return kind().length();
    }

    void copyTo(ByteBuffer out) {
        int length = length();
        out.put(out.position(), bytes, 0, length);
        out.position(out.position() + length);
    }

    long get(int offset) {
        return LittleEndian.getLong(bytes, offset);
    }
}
