package io.melin.sample.exchange.engine;

import io.melin.sample.exchange.domain.Amounts;
import io.melin.sample.exchange.domain.Name;
import io.melin.sample.exchange.domain.OrderType;
import io.melin.sample.exchange.domain.SelfTradePrevention;
import io.melin.sample.exchange.domain.Side;
import io.melin.sample.exchange.domain.TimeInForce;
import io.melin.sample.exchange.wire.ExchangeEvent;
import io.melin.sample.exchange.wire.ExchangeEvent.OrderKey;
import io.melin.sample.exchange.wire.ExchangeEvent.Terms;
import java.util.List;
import java.util.SplittableRandom;

/** Random events that meet each other: few accounts, few prices, ids used again. */
final class Histories {
    private static final List<Name> SYMBOLS =
            List.of(Name.of("AB-X"), Name.of("CD-X"), Name.of("AB-CD"), Name.of("NONE"));
    private static final List<Name> CURRENCIES =
            List.of(Name.of("AB"), Name.of("CD"), Name.of("X"));

    private final SplittableRandom random;
    private final boolean extreme;
    private final int prices;
    private final OrderKey[] resting = new OrderKey[10];
    private final List<ExchangeEvent> opening;

    /**
     * @param extreme whether amounts near the end of the range are frequent
     */
    Histories(SplittableRandom random, boolean extreme) {
        this.random = random;
        this.extreme = extreme;
        prices = random.nextBoolean() ? 6 : 10_000;
        opening = opening(extreme ? Amounts.MAX - random.nextInt(2_000) : 50_000_000);
    }

    /** The instruments and some money, so that most of what follows is not rejected. */
    List<ExchangeEvent> opening() {
        return opening;
    }

    private static List<ExchangeEvent> opening(long rich) {
        return List.of(
                ExchangeEvent.addInstrument(SYMBOLS.get(0), CURRENCIES.get(0), CURRENCIES.get(2)),
                ExchangeEvent.addInstrument(SYMBOLS.get(1), CURRENCIES.get(1), CURRENCIES.get(2)),
                ExchangeEvent.deposit(1, CURRENCIES.get(2), 5_000_000),
                ExchangeEvent.deposit(1, CURRENCIES.get(0), 5_000),
                ExchangeEvent.deposit(2, CURRENCIES.get(2), 5_000_000),
                ExchangeEvent.deposit(2, CURRENCIES.get(0), 5_000),
                ExchangeEvent.deposit(3, CURRENCIES.get(2), rich),
                ExchangeEvent.deposit(3, CURRENCIES.get(0), rich),
                ExchangeEvent.deposit(4, CURRENCIES.get(0), rich));
    }

    ExchangeEvent next() {
        int dice = random.nextInt(100);
        if (dice < 66) {
            OrderKey key = key();
            Terms terms = terms();
            if (terms.timeInForce() == TimeInForce.GTC) {
                resting[random.nextInt(resting.length)] = key;
            }
            return ExchangeEvent.submit(key, terms);
        }
        if (dice < 74) {
            return ExchangeEvent.cancel(knownKey());
        }
        if (dice < 86) {
            return ExchangeEvent.cancelReplace(knownKey(), price(), quantity());
        }
        if (dice < 95) {
            return ExchangeEvent.deposit(account(), currency(), amount());
        }
        if (dice < 99) {
            return ExchangeEvent.withdraw(account(), currency(), amount());
        }
        int base = random.nextInt(3);
        return ExchangeEvent.addInstrument(
                SYMBOLS.get(random.nextInt(3)),
                CURRENCIES.get(base),
                CURRENCIES.get((base + 1 + random.nextInt(2)) % 3));
    }

    private OrderKey key() {
        int dice = random.nextInt(100);
        Name symbol = SYMBOLS.get(dice < 86 ? 0 : dice < 96 ? 1 : dice < 98 ? 2 : 3);
        return new OrderKey(symbol, account(), random.nextInt(60));
    }

    /** Mostly the key of an order that may still rest. */
    private OrderKey knownKey() {
        OrderKey key = resting[random.nextInt(resting.length)];
        return key == null || random.nextInt(10) == 0 ? key() : key;
    }

    private Terms terms() {
        Side side = random.nextBoolean() ? Side.BUY : Side.SELL;
        SelfTradePrevention prevention =
                SelfTradePrevention.values()[random.nextInt(SelfTradePrevention.values().length)];
        int dice = random.nextInt(100);
        if (dice < 15) {
            TimeInForce life = random.nextInt(3) == 0 ? TimeInForce.FOK : TimeInForce.IOC;
            return new Terms(side, OrderType.MARKET, life, prevention, quantity(), 0);
        }
        if (dice < 25) {
            return new Terms(
                    side, OrderType.POST_ONLY, TimeInForce.GTC, prevention, quantity(), price());
        }
        TimeInForce life =
                dice < 70 ? TimeInForce.GTC : dice < 85 ? TimeInForce.IOC : TimeInForce.FOK;
        return new Terms(side, OrderType.LIMIT, life, prevention, quantity(), price());
    }

    private long account() {
        return random.nextInt(30) == 0 ? 5 : 1 + random.nextInt(4);
    }

    private Name currency() {
        return CURRENCIES.get(random.nextInt(CURRENCIES.size()));
    }

    private long price() {
        if (extreme && random.nextInt(8) == 0) {
            return edge();
        }
        return 1 + random.nextInt(prices);
    }

    private long quantity() {
        if (extreme && random.nextInt(4) == 0) {
            return edge();
        }
        return 1 + random.nextInt(random.nextBoolean() ? 20 : 1000);
    }

    private long amount() {
        if (extreme && random.nextInt(2) == 0) {
            return edge();
        }
        return 1 + random.nextInt(100_000);
    }

    private long edge() {
        return switch (random.nextInt(4)) {
            case 0 -> Amounts.MAX;
            case 1 -> Amounts.MAX - random.nextInt(2000);
            case 2 -> Amounts.MAX / 2 + random.nextInt(3);
            default -> 94_906_265L + random.nextInt(3);
        };
    }
}
