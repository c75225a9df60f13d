package io.melin.sample.exchange.engine;

import io.melin.sample.exchange.domain.Name;
import io.melin.sample.exchange.domain.OrderType;
import io.melin.sample.exchange.domain.SelfTradePrevention;
import io.melin.sample.exchange.domain.Side;
import io.melin.sample.exchange.domain.TimeInForce;
import io.melin.sample.exchange.wire.ExchangeEvent;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The exchange written a second time, as plainly as possible: lists that are sorted when asked,
 * unbounded integers, and a whole copy of the state to undo what may not happen.
 */
final class NaiveExchange {
    static final BigInteger MAX = BigInteger.ONE.shiftLeft(53).subtract(BigInteger.ONE);

    final Map<String, String[]> instruments = new TreeMap<>();
    final Map<String, Long> lastTrades = new TreeMap<>();
    final Map<Long, Map<String, BigInteger[]>> accounts = new TreeMap<>();
    final List<NaiveOrder> orders = new ArrayList<>();
    private final int openOrdersMax;
    private List<String> reports = new ArrayList<>();
    private boolean outOfRange;

    NaiveExchange(int openOrdersMax) {
        this.openOrdersMax = openOrdersMax;
    }

    private NaiveExchange(NaiveExchange other) {
        this(other.openOrdersMax);
        become(other);
    }

    private void become(NaiveExchange other) {
        instruments.clear();
        instruments.putAll(other.instruments);
        lastTrades.clear();
        lastTrades.putAll(other.lastTrades);
        accounts.clear();
        other.accounts.forEach((id, rows) -> {
            Map<String, BigInteger[]> copy = new TreeMap<>();
            rows.forEach((currency, row) -> copy.put(currency, row.clone()));
            accounts.put(id, copy);
        });
        orders.clear();
        other.orders.forEach(order -> orders.add(order.copy()));
    }

    List<String> apply(ExchangeEvent event) {
        reports = new ArrayList<>();
        outOfRange = false;
        NaiveExchange before = new NaiveExchange(this);
        String reason = tryToApply(event);
        if (reason == null && outOfRange) {
            reason = "AMOUNT_OUT_OF_RANGE";
        }
        if (reason != null) {
            become(before);
            return List.of(rejection(event, reason));
        }
        return reports;
    }

    private static String rejection(ExchangeEvent event, String reason) {
        String order =
                switch (event.kind()) {
                    case SUBMIT, CANCEL, CANCEL_REPLACE -> event.account() + "/" + event.orderId();
                    case DEPOSIT, WITHDRAW -> event.account() + "/0";
                    case ADD_INSTRUMENT -> "0/0";
                };
        return "REJECTED %s %s %s %s".formatted(order, event.kind(), reason, name(event));
    }

    private @Nullable String tryToApply(ExchangeEvent event) {
        return switch (event.kind()) {
            case SUBMIT -> submit(event);
            case CANCEL -> cancel(event);
            case CANCEL_REPLACE -> replace(event);
            case ADD_INSTRUMENT -> addInstrument(event);
            case DEPOSIT -> deposit(event);
            case WITHDRAW -> withdraw(event);
        };
    }

    private @Nullable String addInstrument(ExchangeEvent event) {
        if (instruments.containsKey(name(event))) {
            return "DUPLICATE_SYMBOL";
        }
        instruments.put(
                name(event),
                new String[] {
                    Name.text(event.baseHigh(), event.baseLow()),
                    Name.text(event.quoteHigh(), event.quoteLow())
                });
        return null;
    }

    private @Nullable String deposit(ExchangeEvent event) {
        accounts.computeIfAbsent(event.account(), id -> new TreeMap<>());
        move(event.account(), name(event), 0, BigInteger.valueOf(event.amount()));
        return null;
    }

    private @Nullable String withdraw(ExchangeEvent event) {
        BigInteger amount = BigInteger.valueOf(event.amount());
        if (!accounts.containsKey(event.account())) {
            return "UNKNOWN_ACCOUNT";
        }
        if (orders.stream().anyMatch(order -> order.account == event.account())) {
            return "HAS_RESTING_ORDERS";
        }
        if (amount.compareTo(available(event.account(), name(event))) > 0) {
            return "INSUFFICIENT_BALANCE";
        }
        move(event.account(), name(event), 0, amount.negate());
        return null;
    }

    private @Nullable String submit(ExchangeEvent event) {
        String[] pair = instruments.get(name(event));
        if (pair == null) {
            return "UNKNOWN_SYMBOL";
        }
        if (find(event) != null) {
            return "DUPLICATE_ORDER_ID";
        }
        long live = orders.stream().filter(order -> order.account == event.account()).count();
        if (openOrdersMax > 0 && live >= openOrdersMax) {
            return "EXCEEDS_MAX_OPEN_ORDERS";
        }
        if (!accounts.containsKey(event.account())) {
            return "UNKNOWN_ACCOUNT";
        }
        boolean buy = event.side() == Side.BUY;
        boolean market = event.type() == OrderType.MARKET;
        NaiveOrder taker =
                new NaiveOrder(event, market ? (buy ? Long.MAX_VALUE : 0) : event.price());
        BigInteger held = available(event.account(), pair[buy ? 1 : 0]);
        boolean paid = market && buy ? held.signum() > 0 : taker.reserve().compareTo(held) <= 0;
        if (!paid) {
            return "INSUFFICIENT_BALANCE";
        }
        List<NaiveOrder> makers = makers(taker);
        if (event.type() == OrderType.POST_ONLY && !makers.isEmpty()) {
            return "POST_ONLY_WOULD_CROSS";
        }
        boolean anyMaker =
                orders.stream()
                        .anyMatch(o -> o.symbol.equals(taker.symbol) && o.side != taker.side);
        boolean ended = match(taker, event, market && buy ? held : null);
        if (event.timeInForce() == TimeInForce.FOK && taker.open.signum() > 0) {
            return "FOK_CANNOT_FILL";
        }
        if (market && !anyMaker) {
            return "NO_LIQUIDITY";
        }
        finish(taker, event, ended);
        return null;
    }

    private void finish(NaiveOrder taker, ExchangeEvent event, boolean ended) {
        if (taker.open.signum() == 0) {
            return;
        }
        if (ended || event.timeInForce() != TimeInForce.GTC) {
            reports.add(cancelled(taker));
            return;
        }
        reports.add(
                "PLACED %s %s %s@%d %s"
                        .formatted(key(taker), taker.side, taker.open, taker.price, taker.symbol));
        hold(taker, taker.reserve());
        orders.add(taker);
        checkLevel(taker);
    }

    /** Whether self-trade prevention ended the taker. */
    private boolean match(NaiveOrder taker, ExchangeEvent event, @Nullable BigInteger budget) {
        BigInteger left = budget;
        for (NaiveOrder maker : makers(taker)) {
            if (taker.open.signum() == 0) {
                return false;
            }
            if (maker.account == taker.account
                    && event.selfTradePrevention() != SelfTradePrevention.ALLOW) {
                if (event.selfTradePrevention() != SelfTradePrevention.CANCEL_NEWEST) {
                    end(maker);
                }
                if (event.selfTradePrevention() != SelfTradePrevention.CANCEL_OLDEST) {
                    return true;
                }
                continue;
            }
            BigInteger price = BigInteger.valueOf(maker.price);
            BigInteger quantity = taker.open.min(maker.open);
            if (left != null) {
                quantity = quantity.min(left.divide(price));
                left = left.subtract(quantity.multiply(price));
            }
            if (quantity.signum() == 0) {
                return false;
            }
            trade(taker, maker, quantity);
            if (maker.open.signum() > 0) {
                return false;
            }
        }
        return false;
    }

    private void trade(NaiveOrder taker, NaiveOrder maker, BigInteger quantity) {
        reports.add(
                "FILL %s %s %s@%d maker %s %s"
                        .formatted(
                                key(taker),
                                taker.side,
                                quantity,
                                maker.price,
                                key(maker),
                                taker.symbol));
        String[] pair = pair(taker);
        BigInteger cost = quantity.multiply(BigInteger.valueOf(maker.price));
        boolean buys = taker.side == Side.BUY;
        move(taker.account, pair[buys ? 1 : 0], 0, (buys ? cost : quantity).negate());
        move(maker.account, pair[buys ? 0 : 1], 1, (buys ? quantity : cost).negate());
        move(taker.account, pair[buys ? 0 : 1], 0, buys ? quantity : cost);
        move(maker.account, pair[buys ? 1 : 0], 0, buys ? cost : quantity);
        taker.open = taker.open.subtract(quantity);
        maker.open = maker.open.subtract(quantity);
        if (maker.open.signum() == 0) {
            orders.remove(maker);
        }
        lastTrades.put(taker.symbol, maker.price);
    }

    private @Nullable String cancel(ExchangeEvent event) {
        NaiveOrder order = findHere(event);
        if (order != null) {
            end(order);
        }
        return null;
    }

    private @Nullable String replace(ExchangeEvent event) {
        if (!instruments.containsKey(name(event))) {
            return "UNKNOWN_SYMBOL";
        }
        if (!accounts.containsKey(event.account())) {
            return "UNKNOWN_ACCOUNT";
        }
        NaiveOrder old = findHere(event);
        if (old == null) {
            return "UNKNOWN_ORDER";
        }
        BigInteger quantity = BigInteger.valueOf(event.quantity());
        NaiveOrder wanted = new NaiveOrder(event, old.side, event.price(), quantity);
        if (!makers(wanted).isEmpty()) {
            return "PRICE_WOULD_CROSS";
        }
        hold(old, old.reserve().negate());
        String pays = pair(old)[old.side == Side.BUY ? 1 : 0];
        if (wanted.reserve().compareTo(available(old.account, pays)) > 0) {
            return "INSUFFICIENT_BALANCE";
        }
        reports.add(
                "REPLACED %s %s %s@%d from %s@%d %s"
                        .formatted(
                                key(old),
                                old.side,
                                quantity,
                                event.price(),
                                old.open,
                                old.price,
                                old.symbol));
        if (event.price() != old.price || quantity.compareTo(old.open) > 0) {
            orders.remove(old);
            orders.add(old);
        }
        old.price = event.price();
        old.open = quantity;
        hold(old, old.reserve());
        checkLevel(old);
        return null;
    }

    /** The other side's orders that the order reaches, in the order in which they would trade. */
    private List<NaiveOrder> makers(NaiveOrder taker) {
        Comparator<NaiveOrder> byPrice = Comparator.comparingLong(order -> order.price);
        return orders.stream()
                .filter(order -> order.symbol.equals(taker.symbol) && order.side != taker.side)
                .filter(order ->
                        taker.side == Side.BUY
                                ? order.price <= taker.price
                                : order.price >= taker.price)
                .sorted(taker.side == Side.BUY ? byPrice : byPrice.reversed())
                .toList();
    }

    /** Resting orders of one side, best first, oldest first. */
    List<NaiveOrder> queue(String symbol, Side side) {
        Comparator<NaiveOrder> byPrice = Comparator.comparingLong(order -> order.price);
        return orders.stream()
                .filter(order -> order.symbol.equals(symbol) && order.side == side)
                .sorted(side == Side.SELL ? byPrice : byPrice.reversed())
                .toList();
    }

    private void end(NaiveOrder order) {
        reports.add(cancelled(order));
        hold(order, order.reserve().negate());
        orders.remove(order);
    }

    private void hold(NaiveOrder order, BigInteger amount) {
        String currency = pair(order)[order.side == Side.BUY ? 1 : 0];
        int taken = amount.signum() > 0 ? 0 : 1;
        move(order.account, currency, taken, amount.abs().negate());
        move(order.account, currency, 1 - taken, amount.abs());
    }

    private void checkLevel(NaiveOrder placed) {
        BigInteger sum =
                orders.stream()
                        .filter(o -> o.symbol.equals(placed.symbol) && o.side == placed.side)
                        .filter(order -> order.price == placed.price)
                        .map(order -> order.open)
                        .reduce(BigInteger.ZERO, BigInteger::add);
        outOfRange |= sum.compareTo(MAX) > 0;
    }

    private void move(long account, String currency, int part, BigInteger amount) {
        Map<String, BigInteger[]> rows = Objects.requireNonNull(accounts.get(account));
        BigInteger[] row =
                rows.computeIfAbsent(
                        currency, c -> new BigInteger[] {BigInteger.ZERO, BigInteger.ZERO});
        row[part] = row[part].add(amount);
        outOfRange |= row[0].add(row[1]).compareTo(MAX) > 0;
        if (row[0].signum() == 0 && row[1].signum() == 0) {
            rows.remove(currency);
        }
    }

    private BigInteger available(long account, String currency) {
        BigInteger[] row = Objects.requireNonNull(accounts.get(account)).get(currency);
        return row == null ? BigInteger.ZERO : row[0];
    }

    private @Nullable NaiveOrder find(ExchangeEvent event) {
        return orders.stream()
                .filter(o -> o.account == event.account() && o.orderId == event.orderId())
                .findFirst()
                .orElse(null);
    }

    private @Nullable NaiveOrder findHere(ExchangeEvent event) {
        NaiveOrder order = find(event);
        return order != null && order.symbol.equals(name(event)) ? order : null;
    }

    private String[] pair(NaiveOrder order) {
        return Objects.requireNonNull(instruments.get(order.symbol));
    }

    private static String cancelled(NaiveOrder order) {
        return "CANCELLED %s %s %s".formatted(key(order), order.open, order.symbol);
    }

    private static String key(NaiveOrder order) {
        return order.account + "/" + order.orderId;
    }

    private static String name(ExchangeEvent event) {
        return Name.text(event.nameHigh(), event.nameLow());
    }
}
