package io.melin.sample.exchange.wire;

import io.melin.sample.exchange.domain.RejectReason;
import io.melin.sample.exchange.domain.Side;

/** Fills one reused report; every field that its kind has must be set. One thread. */
public final class ReportWriter {
    private final ExchangeReport report = new ExchangeReport(ReportLayout.LENGTH_MAX);

    /** Starts a report; everything but kind and symbol is zero. */
    public ReportWriter start(ReportKind kind, long nameHigh, long nameLow) {
        for (int offset = 0; offset < kind.length(); offset += Long.BYTES) {
            put(offset, 0);
        }
        report.bytes.put(ReportLayout.KIND, kind.code());
        return put(ReportLayout.NAME_HIGH, nameHigh).put(ReportLayout.NAME_LOW, nameLow);
    }

    public ReportWriter order(long account, long orderId) {
        return put(ReportLayout.ACCOUNT, account).put(ReportLayout.ORDER_ID, orderId);
    }

    public ReportWriter maker(long account, long orderId) {
        return put(ReportLayout.MAKER_ACCOUNT, account).put(ReportLayout.MAKER_ORDER_ID, orderId);
    }

    public ReportWriter side(Side side) {
        report.bytes.put(ReportLayout.SIDE, side.code());
        return this;
    }

    public ReportWriter rejected(EventKind request, RejectReason reason) {
        report.bytes.put(ReportLayout.REQUEST, request.code());
        report.bytes.put(ReportLayout.REASON, reason.code());
        return this;
    }

    public ReportWriter quantity(long quantity) {
        return put(ReportLayout.QUANTITY, quantity);
    }

    public ReportWriter price(long price) {
        return put(ReportLayout.PRICE, price);
    }

    public ReportWriter old(long price, long quantity) {
        return put(ReportLayout.OLD_PRICE, price).put(ReportLayout.OLD_QUANTITY, quantity);
    }

    /** The report, to be encoded before the next {@link #start}. */
    public ExchangeReport report() {
        return report;
    }

    private ReportWriter put(int offset, long value) {
        LittleEndian.putLong(report.bytes, offset, value);
        return this;
    }
}
