package io.melin.sample.exchange.book;

import io.melin.sample.exchange.domain.Side;
import io.melin.sample.exchange.ledger.Accounts;
import io.melin.sample.exchange.table.HashIndex;
import io.melin.sample.exchange.table.Slab;

/**
 * The resting orders of all books, one cache line each, found by account and order id.
 *
 * <p>O1: the index holds exactly the orders that stand in a level. Threading: one thread.
 */
public final class Orders {
    private static final int ORDER_ID = 0;
    private static final int ACCOUNT = 1;
    private static final int PRICE = 2;
    private static final int OPEN = 3;
    private static final int PRIORITY = 4;
    private static final int LINKS = 5;

    /** Level in the upper half; in the lower the book, and in the lowest bit the side. */
    private static final int PLACE = 6;

    /** What the digest counts for this order. */
    private static final int FACT = 7;

    private static final int FIELDS = 8;
    private static final int CAPACITY = 1 << 14;

    private final Slab slab = new Slab(FIELDS, CAPACITY);
    private final HashIndex index = new HashIndex(CAPACITY);
    private final Accounts accounts;

    Orders(Accounts accounts) {
        this.accounts = accounts;
    }

    public int count() {
        return index.count();
    }

    /** The slot of a live order, or {@link Slab#NONE}. */
    public int find(long accountId, long orderId) {
        long hash = HashIndex.hash(accountId, orderId);
        int place = index.first(hash);
        while (place != HashIndex.NONE) {
            int order = index.value(place);
            if (orderId(order) == orderId && accountId(order) == accountId) {
                return order;
            }
            place = index.next(place, hash);
        }
        return Slab.NONE;
    }

    public long orderId(int order) {
        return slab.get(order, ORDER_ID);
    }

    /** Index of the owner in the ledger. */
    public int account(int order) {
        return (int) slab.get(order, ACCOUNT);
    }

    /** The owner's own id. */
    public long accountId(int order) {
        return accounts.id(account(order));
    }

    public long price(int order) {
        return slab.get(order, PRICE);
    }

    /** Quantity that still rests. */
    public long open(int order) {
        return slab.get(order, OPEN);
    }

    /** Rises with every order that joins a queue; the lower one trades first within a level. */
    public long priority(int order) {
        return slab.get(order, PRIORITY);
    }

    /** Index of the book. */
    public int book(int order) {
        return (int) slab.get(order, PLACE) >>> 1;
    }

    public Side side(int order) {
        return (slab.get(order, PLACE) & 1) == 0 ? Side.BUY : Side.SELL;
    }

    /** The order behind this one in its level, or {@link Slab#NONE}. */
    public int next(int order) {
        return (int) slab.get(order, LINKS);
    }

    int previous(int order) {
        return (int) (slab.get(order, LINKS) >> 32);
    }

    int level(int order) {
        return (int) (slab.get(order, PLACE) >> Integer.SIZE);
    }

    long fact(int order) {
        return slab.get(order, FACT);
    }

    int add(int account, long orderId, int book, Side side) {
        int order = slab.allocate();
        slab.set(order, ORDER_ID, orderId);
        slab.set(order, ACCOUNT, account);
        slab.set(order, PLACE, (long) book << 1 | side.code());
        index.add(HashIndex.hash(accountId(order), orderId), order);
        return order;
    }

    void remove(int order) {
        index.remove(HashIndex.hash(accountId(order), orderId(order)), order);
        slab.free(order);
    }

    void queue(int order, long price, long open, long priority) {
        slab.set(order, PRICE, price);
        slab.set(order, OPEN, open);
        slab.set(order, PRIORITY, priority);
    }

    void open(int order, long open) {
        slab.set(order, OPEN, open);
    }

    void level(int order, int level) {
        long bookAndSide = slab.get(order, PLACE) & 0xFFFF_FFFFL;
        slab.set(order, PLACE, (long) level << Integer.SIZE | bookAndSide);
    }

    void fact(int order, long fact) {
        slab.set(order, FACT, fact);
    }

    void links(int order, int previous, int next) {
        slab.set(order, LINKS, (long) previous << 32 | next & 0xFFFF_FFFFL);
    }
}
