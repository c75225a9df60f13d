package io.melin.sample.exchange.book;

import io.melin.sample.exchange.table.Slab;

/**
 * The price levels of all books: a queue of orders each, with their sum.
 *
 * <p>V1: a level's quantity and count are the sum and number of the orders in its queue. Threading:
 * one thread.
 */
public final class Levels {
    private static final int PRICE = 0;
    private static final int QUANTITY = 1;
    private static final int COUNT = 2;

    /** First order of the queue in the upper half, last in the lower. */
    private static final int ENDS = 3;

    private static final int FIELDS = 4;

    private final Slab slab = new Slab(FIELDS, 4096);
    private final Orders orders;

    Levels(Orders orders) {
        this.orders = orders;
    }

    public long price(int level) {
        return slab.get(level, PRICE);
    }

    public long quantity(int level) {
        return slab.get(level, QUANTITY);
    }

    /** Number of orders. */
    public int count(int level) {
        return (int) slab.get(level, COUNT);
    }

    /** The order that trades first. */
    public int head(int level) {
        return (int) (slab.get(level, ENDS) >> Integer.SIZE);
    }

    int add(long price) {
        int level = slab.allocate();
        slab.set(level, PRICE, price);
        ends(level, Slab.NONE, Slab.NONE);
        return level;
    }

    void free(int level) {
        slab.free(level);
    }

    void append(int level, int order) {
        int tail = tail(level);
        orders.links(order, tail, Slab.NONE);
        orders.level(order, level);
        if (tail == Slab.NONE) {
            ends(level, order, order);
        } else {
            orders.links(tail, orders.previous(tail), order);
            ends(level, head(level), order);
        }
        change(level, orders.open(order), 1);
    }

    void unlink(int level, int order) {
        int previous = orders.previous(order);
        int next = orders.next(order);
        if (previous == Slab.NONE) {
            ends(level, next, tail(level));
        } else {
            orders.links(previous, orders.previous(previous), next);
        }
        if (next == Slab.NONE) {
            ends(level, head(level), previous);
        } else {
            orders.links(next, previous, orders.next(next));
        }
        change(level, -orders.open(order), -1);
    }

    void change(int level, long quantityChange, int countChange) {
        slab.set(level, QUANTITY, slab.get(level, QUANTITY) + quantityChange);
        slab.set(level, COUNT, slab.get(level, COUNT) + countChange);
    }

    private int tail(int level) {
        return (int) slab.get(level, ENDS);
    }

    private void ends(int level, int head, int tail) {
        slab.set(level, ENDS, (long) head << Integer.SIZE | tail & 0xFFFF_FFFFL);
    }
}
