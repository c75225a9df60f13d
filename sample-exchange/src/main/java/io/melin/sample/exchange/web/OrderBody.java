package io.melin.sample.exchange.web;

import io.melin.sample.exchange.domain.OrderType;
import io.melin.sample.exchange.domain.SelfTradePrevention;
import io.melin.sample.exchange.domain.Side;
import io.melin.sample.exchange.domain.TimeInForce;
import io.melin.sample.exchange.wire.ExchangeEvent;
import io.melin.sample.exchange.wire.ExchangeEvent.OrderKey;
import io.melin.sample.exchange.wire.ExchangeEvent.Terms;
import java.time.DateTimeException;
import java.time.OffsetDateTime;

/**
 * Turns the body of an order into an event. First what cannot go together, then what is not built.
 */
final class OrderBody {

    /** Every type that the contract knows. */
    private enum Type {
        LIMIT,
        MARKET,
        STOP,
        STOP_LIMIT;

        boolean hasPrice() {
            return this == LIMIT || this == STOP_LIMIT;
        }

        boolean hasTrigger() {
            return this == STOP || this == STOP_LIMIT;
        }
    }

    /** Every life that the contract knows. */
    private enum Life {
        GTC,
        IOC,
        FOK,
        DAY,
        GTD;

        boolean isImmediate() {
            return this == IOC || this == FOK;
        }
    }

    private final JsonBody body;
    private final Type type;
    private final Life life;
    private final boolean postOnly;

    private OrderBody(JsonBody body) {
        this.body =
                body.only(
                        "symbol",
                        "orderId",
                        "account",
                        "side",
                        "type",
                        "price",
                        "triggerPrice",
                        "quantity",
                        "timeInForce",
                        "expiry",
                        "postOnly",
                        "selfTradePrevention");
        type = body.choice("type", Type.class);
        life = body.choice("timeInForce", Life.class, type == Type.MARKET ? Life.IOC : Life.GTC);
        postOnly = body.flag("postOnly");
    }

    static ExchangeEvent submit(JsonBody body) {
        return new OrderBody(body).submit();
    }

    private ExchangeEvent submit() {
        OrderKey key =
                new OrderKey(body.name("symbol"), body.amount("account"), body.amount("orderId"));
        Side side = body.choice("side", Side.class);
        long quantity = body.amount("quantity");
        long price = price();
        SelfTradePrevention prevention =
                body.choice(
                        "selfTradePrevention",
                        SelfTradePrevention.class,
                        SelfTradePrevention.CANCEL_NEWEST);
        checkCombination();
        OrderType built = builtType();
        return ExchangeEvent.submit(
                key, new Terms(side, built, builtLife(), prevention, quantity, price));
    }

    private long price() {
        if (type.hasPrice()) {
            return body.amount("price");
        }
        refuse("price", body.has("price"), "not for type " + type);
        return 0;
    }

    private void checkCombination() {
        if (type.hasTrigger()) {
            body.amount("triggerPrice");
        } else {
            refuse("triggerPrice", body.has("triggerPrice"), "not for type " + type);
        }
        refuse(
                "timeInForce",
                type == Type.MARKET && !life.isImmediate(),
                "a market order is IOC or FOK, found=" + life);
        refuse("postOnly", postOnly && life.isImmediate(), "not with timeInForce " + life);
        refuse("postOnly", postOnly && type != Type.LIMIT, "not for type " + type);
        refuse("expiry", life == Life.GTD && !body.has("expiry"), "must be given with GTD");
        refuse("expiry", life != Life.GTD && body.has("expiry"), "only with timeInForce GTD");
        if (body.has("expiry")) {
            checkExpiry();
        }
    }

    private void checkExpiry() {
        String text = body.text("expiry");
        try {
            OffsetDateTime.parse(text);
        } catch (DateTimeException e) {
            throw new InvalidFieldException(
                    "expiry", "expected=ISO-8601 with offset, found=" + text);
        }
    }

    private OrderType builtType() {
        return switch (type) {
            case LIMIT -> postOnly ? OrderType.POST_ONLY : OrderType.LIMIT;
            case MARKET -> OrderType.MARKET;
            case STOP, STOP_LIMIT -> throw InvalidFieldException.notBuilt("type", type + " orders");
        };
    }

    private TimeInForce builtLife() {
        return switch (life) {
            case GTC -> TimeInForce.GTC;
            case IOC -> TimeInForce.IOC;
            case FOK -> TimeInForce.FOK;
            case DAY, GTD -> throw InvalidFieldException.notBuilt("timeInForce", life + " orders");
        };
    }

    private static void refuse(String field, boolean wrong, String detail) {
        if (wrong) {
            throw new InvalidFieldException(field, detail);
        }
    }
}
