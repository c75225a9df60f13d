package io.melin.sample.exchange.wire;

import io.melin.app.Codec;
import io.melin.integrity.Invariant;
import io.melin.sample.exchange.domain.Amounts;
import io.melin.sample.exchange.domain.Name;
import io.melin.sample.exchange.domain.OrderType;
import io.melin.sample.exchange.domain.SelfTradePrevention;
import io.melin.sample.exchange.domain.Side;
import io.melin.sample.exchange.domain.TimeInForce;
import java.nio.ByteBuffer;

/**
 * Events as bytes; {@link #decode} moves one flyweight, {@link #encode} copies.
 *
 * <p>E1: what {@link #isValid} accepts the application applies without throwing, so every range and
 * every combination of terms is checked here and nowhere later.
 */
public final class ExchangeEventCodec implements Codec<ExchangeEvent> {
    private static final int VERSION = 1;

    private final ExchangeEvent flyweight = new ExchangeEvent(ByteBuffer.allocate(0));

    @Override
    public int version() {
        return VERSION;
    }

    @Override
    public int size(ExchangeEvent value) {
        return value.length();
    }

    @Override
    public void encode(ExchangeEvent value, ByteBuffer out) {
        value.copyTo(out);
    }

    @Override
    public boolean isValid(ByteBuffer in) {
        int start = in.position();
        EventKind kind = in.hasRemaining() ? EventKind.of(in.get(start)) : null;
        if (kind == null
                || in.remaining() != kind.length()
                || !isReservedZero(in, start)
                || !isName(in, start + EventLayout.NAME_HIGH)) {
            return false;
        }
        return switch (kind) {
            case SUBMIT -> isIdentified(in, start) && isOrder(in, start);
            case CANCEL -> isIdentified(in, start) && isTermless(in, start);
            case CANCEL_REPLACE ->
                    isIdentified(in, start)
                            && isTermless(in, start)
                            && isAmount(in, start + EventLayout.QUANTITY)
                            && isAmount(in, start + EventLayout.PRICE);
            case ADD_INSTRUMENT -> isTermless(in, start) && isPair(in, start);
            case DEPOSIT, WITHDRAW ->
                    isTermless(in, start)
                            && isAmount(in, start + EventLayout.ACCOUNT)
                            && isAmount(in, start + EventLayout.AMOUNT);
        };
    }

    @Override
    public ExchangeEvent decode(ByteBuffer in, int version) {
        Invariant.checkEqual(version, VERSION, "event codec version");
        flyweight.wrap(in, in.position());
        in.position(in.limit());
        return flyweight;
    }

    @Override
    public Codec<ExchangeEvent> fresh() {
        return new ExchangeEventCodec();
    }

    private static boolean isOrder(ByteBuffer in, int start) {
        OrderType type = OrderType.of(in.get(start + EventLayout.TYPE));
        TimeInForce life = TimeInForce.of(in.get(start + EventLayout.TIME_IN_FORCE));
        byte prevention = in.get(start + EventLayout.SELF_TRADE_PREVENTION);
        if (type == null
                || life == null
                || Side.of(in.get(start + EventLayout.SIDE)) == null
                || SelfTradePrevention.of(prevention) == null
                || !isAmount(in, start + EventLayout.QUANTITY)) {
            return false;
        }
        int price = start + EventLayout.PRICE;
        return switch (type) {
            case MARKET -> life != TimeInForce.GTC && LittleEndian.getLong(in, price) == 0;
            case LIMIT -> isAmount(in, price);
            case POST_ONLY -> life == TimeInForce.GTC && isAmount(in, price);
        };
    }

    private static boolean isIdentified(ByteBuffer in, int start) {
        return isAmount(in, start + EventLayout.ACCOUNT)
                && LittleEndian.getLong(in, start + EventLayout.ORDER_ID) >= 0;
    }

    private static boolean isPair(ByteBuffer in, int start) {
        int base = start + EventLayout.BASE_HIGH;
        int quote = start + EventLayout.QUOTE_HIGH;
        boolean same =
                LittleEndian.getLong(in, base) == LittleEndian.getLong(in, quote)
                        && LittleEndian.getLong(in, base + Long.BYTES)
                                == LittleEndian.getLong(in, quote + Long.BYTES);
        return !same && isName(in, base) && isName(in, quote);
    }

    private static boolean isReservedZero(ByteBuffer in, int start) {
        int reserved = start + EventLayout.RESERVED;
        return (in.get(reserved) | in.get(reserved + 1) | in.get(reserved + 2)) == 0;
    }

    private static boolean isTermless(ByteBuffer in, int start) {
        return (in.get(start + EventLayout.SIDE)
                        | in.get(start + EventLayout.TYPE)
                        | in.get(start + EventLayout.TIME_IN_FORCE)
                        | in.get(start + EventLayout.SELF_TRADE_PREVENTION))
                == 0;
    }

    private static boolean isName(ByteBuffer in, int offset) {
        return Name.isValid(
                LittleEndian.getLong(in, offset), LittleEndian.getLong(in, offset + Long.BYTES));
    }

    private static boolean isAmount(ByteBuffer in, int offset) {
        return Amounts.isPositive(LittleEndian.getLong(in, offset));
    }
}
