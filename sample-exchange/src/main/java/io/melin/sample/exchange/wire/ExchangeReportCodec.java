package io.melin.sample.exchange.wire;

import io.melin.app.Codec;
import io.melin.integrity.Invariant;
import io.melin.sample.exchange.domain.Name;
import io.melin.sample.exchange.domain.RejectReason;
import io.melin.sample.exchange.domain.Side;
import java.nio.ByteBuffer;

/** Reports as bytes; {@link #decode} copies, since an answer keeps its reports. Has no state. */
public final class ExchangeReportCodec implements Codec<ExchangeReport> {
    private static final int VERSION = 1;

    @Override
    public int version() {
        return VERSION;
    }

    @Override
    public int size(ExchangeReport value) {
        return value.length();
    }

    @Override
    public void encode(ExchangeReport value, ByteBuffer out) {
        value.copyTo(out);
    }

    @Override
    public boolean isValid(ByteBuffer in) {
        int start = in.position();
        ReportKind kind = in.hasRemaining() ? ReportKind.of(in.get(start)) : null;
        if (kind == null || in.remaining() != kind.length()) {
            return false;
        }
        boolean rejected = kind == ReportKind.REJECTED;
        return Side.of(in.get(start + ReportLayout.SIDE)) != null
                && RejectReason.of(in.get(start + ReportLayout.REASON)) != null
                && (!rejected || EventKind.of(in.get(start + ReportLayout.REQUEST)) != null)
                && Name.isValid(
                        LittleEndian.getLong(in, start + ReportLayout.NAME_HIGH),
                        LittleEndian.getLong(in, start + ReportLayout.NAME_LOW));
    }

    @Override
    public ExchangeReport decode(ByteBuffer in, int version) {
        Invariant.checkEqual(version, VERSION, "report codec version");
        ExchangeReport report = new ExchangeReport(in.remaining());
        report.bytes.put(0, in, in.position(), in.remaining());
        in.position(in.limit());
        return report;
    }
}
