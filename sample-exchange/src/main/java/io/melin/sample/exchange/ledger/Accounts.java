package io.melin.sample.exchange.ledger;

import io.melin.sample.exchange.table.HashIndex;
import io.melin.sample.exchange.table.Slab;

/** The accounts in the order of their first deposits, with the number of their live orders. */
public final class Accounts {
    /** Index of no account. */
    public static final int UNKNOWN = -1;

    private static final int ID = 0;
    private static final int OPEN_ORDERS = 1;
    private static final int FIELDS = 2;

    private final HashIndex byId = new HashIndex(1024);
    private final Slab rows = new Slab(FIELDS, 1024);

    public int count() {
        return byId.count();
    }

    /** The index of the account, or {@link #UNKNOWN}. */
    public int find(long id) {
        long hash = HashIndex.hash(id, 0);
        int place = byId.first(hash);
        while (place != HashIndex.NONE && id(byId.value(place)) != id) {
            place = byId.next(place, hash);
        }
        return place == HashIndex.NONE ? UNKNOWN : byId.value(place);
    }

    public long id(int account) {
        return rows.get(account, ID);
    }

    public int openOrders(int account) {
        return (int) rows.get(account, OPEN_ORDERS);
    }

    public void changeOpenOrders(int account, int change) {
        rows.set(account, OPEN_ORDERS, rows.get(account, OPEN_ORDERS) + change);
    }

    int add(long id) {
        int account = rows.allocate();
        rows.set(account, ID, id);
        byId.add(HashIndex.hash(id, 0), account);
        return account;
    }
}
