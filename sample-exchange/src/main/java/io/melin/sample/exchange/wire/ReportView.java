package io.melin.sample.exchange.wire;

import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * Reads an encoded report where it lies, for a door that must not allocate. Accessors of fields
 * that the kind does not have give nothing useful. One thread.
 */
public final class ReportView {
    private ByteBuffer bytes = ByteBuffer.allocate(0);
    private int start;

    /** Looks at the report at the position of a buffer, which must stay as it is meanwhile. */
    public ReportView wrap(ByteBuffer report) {
        bytes = report;
        start = report.position();
        return this;
    }

    public ReportKind kind() {
        return Objects.requireNonNull(ReportKind.of(bytes.get(start + ReportLayout.KIND)));
    }

    public byte sideCode() {
        return bytes.get(start + ReportLayout.SIDE);
    }

    public byte reasonCode() {
        return bytes.get(start + ReportLayout.REASON);
    }

    /** Symbol, or currency of a rejected transfer. */
    public long nameHigh() {
        return get(ReportLayout.NAME_HIGH);
    }

    public long nameLow() {
        return get(ReportLayout.NAME_LOW);
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

    private long get(int offset) {
        return LittleEndian.getLong(bytes, start + offset);
    }
}
