package io.melin.sample.exchange.load;

import io.melin.sample.exchange.gateway.ExchangeTag;
import io.melin.sample.exchange.gateway.ResponseLayout.Cancelled;
import io.melin.sample.exchange.gateway.ResponseLayout.Fill;
import io.melin.sample.exchange.gateway.ResponseLayout.Placed;
import io.melin.sample.exchange.gateway.ResponseLayout.Rejected;
import io.melin.sample.exchange.gateway.ResponseLayout.Replaced;
import java.nio.ByteBuffer;

/**
 * What the exchange says about one request, and whether that request can have caused it.
 *
 * <p>R1: reports carry the order's id, but for the makers whose orders self-trade prevention
 * cancels. R2: an order has a report; a cancel has at most one and a replace just one; a rejection
 * stands alone, and nothing follows an order's rest that is placed. Threading: one.
 */
final class ReportChecker {
    private int reports;
    private boolean isRejected;
    private boolean isPlaced;

    /** A new request is the oldest without an answer. */
    void next() {
        reports = 0;
        isRejected = false;
        isPlaced = false;
    }

    boolean isRejected() {
        return isRejected;
    }

    int reports() {
        return reports;
    }

    /** Whether the report in {@code body}, its tag first, may come next. */
    boolean take(byte request, long orderId, ByteBuffer body) {
        int start = body.position() + 1;
        byte tag = body.get(body.position());
        boolean isFirst = reports++ == 0;
        if (isRejected || isPlaced || body.remaining() - 1 != length(tag)) {
            return false;
        }
        return switch (tag) {
            case ExchangeTag.PLACED -> {
                isPlaced = true;
                yield request == ExchangeTag.SUBMIT
                        && body.getLong(start + Placed.ORDER_ID) == orderId;
            }
            case ExchangeTag.FILL ->
                    request == ExchangeTag.SUBMIT
                            && body.getLong(start + Fill.TAKER_ORDER_ID) == orderId
                            && body.getLong(start + Fill.QUANTITY) > 0;
            case ExchangeTag.CANCELLED ->
                    request == ExchangeTag.SUBMIT
                            || request == ExchangeTag.CANCEL
                                    && isFirst
                                    && body.getLong(start + Cancelled.ORDER_ID) == orderId;
            case ExchangeTag.REPLACED ->
                    request == ExchangeTag.CANCEL_REPLACE
                            && isFirst
                            && body.getLong(start + Replaced.ORDER_ID) == orderId;
            case ExchangeTag.REJECTED -> {
                isRejected = true;
                yield isFirst
                        && request != ExchangeTag.CANCEL
                        && body.getLong(start + Rejected.ORDER_ID) == orderId;
            }
            default -> false;
        };
    }

    /** Whether an {@code END} may come now. */
    boolean isComplete(byte request) {
        boolean needsOne = request == ExchangeTag.SUBMIT || request == ExchangeTag.CANCEL_REPLACE;
        return reports > 0 || !needsOne;
    }

    private static int length(byte tag) {
        return switch (tag) {
            case ExchangeTag.PLACED -> Placed.END;
            case ExchangeTag.FILL -> Fill.END;
            case ExchangeTag.CANCELLED -> Cancelled.END;
            case ExchangeTag.REJECTED -> Rejected.END;
            case ExchangeTag.REPLACED -> Replaced.END;
            default -> -1;
        };
    }
}
