package io.melin.sample.exchange.gateway;

import io.melin.gateway.FrameSink;
import io.melin.sample.exchange.domain.NumericName;
import io.melin.sample.exchange.gateway.ResponseLayout.Cancelled;
import io.melin.sample.exchange.gateway.ResponseLayout.Fill;
import io.melin.sample.exchange.gateway.ResponseLayout.Placed;
import io.melin.sample.exchange.gateway.ResponseLayout.Rejected;
import io.melin.sample.exchange.gateway.ResponseLayout.Replaced;
import io.melin.sample.exchange.wire.ReportView;
import java.nio.ByteBuffer;

/** Turns a report into its frame; allocates nothing. One thread. */
final class ReportFrames {
    private final ReportView report = new ReportView();

    void write(ByteBuffer bytes, FrameSink to) {
        switch (report.wrap(bytes).kind()) {
            case PLACED -> placed(to);
            case FILL -> fill(to);
            case CANCELLED -> cancelled(to);
            case REJECTED -> rejected(to);
            case REPLACED -> replaced(to);
        }
        to.end();
    }

    private void placed(FrameSink to) {
        order(to.begin(ExchangeTag.PLACED, Placed.END))
                .put(report.sideCode())
                .putLong(report.price())
                .putLong(report.quantity());
    }

    private void fill(FrameSink to) {
        to.begin(ExchangeTag.FILL, Fill.END)
                .putLong(report.makerOrderId())
                .putLong(report.orderId())
                .putInt(symbol())
                .putInt(account(report.makerAccount()))
                .putInt(account(report.account()))
                .putLong(report.price())
                .putLong(report.quantity())
                .putLong(report.makerFee())
                .putLong(report.takerFee());
    }

    private void cancelled(FrameSink to) {
        order(to.begin(ExchangeTag.CANCELLED, Cancelled.END)).putLong(report.quantity());
    }

    private void rejected(FrameSink to) {
        order(to.begin(ExchangeTag.REJECTED, Rejected.END)).put(report.reasonCode());
    }

    private void replaced(FrameSink to) {
        order(to.begin(ExchangeTag.REPLACED, Replaced.END))
                .put(report.sideCode())
                .putLong(report.oldPrice())
                .putLong(report.price())
                .putLong(report.oldQuantity())
                .putLong(report.quantity());
    }

    /** What every answer but a fill begins with. */
    private ByteBuffer order(ByteBuffer out) {
        return out.putLong(report.orderId()).putInt(symbol()).putInt(account(report.account()));
    }

    private int symbol() {
        return NumericName.id(report.nameHigh(), report.nameLow());
    }

    /** An account's 32 bits, or {@link NumericName#NONE} if it has more. */
    static int account(long account) {
        return account >>> Integer.SIZE == 0 ? (int) account : NumericName.NONE;
    }
}
