package io.melin.sample.exchange.ledger;

import io.melin.sample.exchange.table.HashIndex;
import java.util.Arrays;

/** The accounts in the order of their first deposits, with the number of their live orders. */
public final class Accounts {
    /** Index of no account. */
    public static final int UNKNOWN = -1;

    private final HashIndex byId = new HashIndex(1024);
    private long[] ids = new long[1024];
    private int[] openOrders = new int[1024];

    public int count() {
        return byId.count();
    }

    /** The index of the account, or {@link #UNKNOWN}. */
    public int find(long id) {
        long hash = HashIndex.hash(id, 0);
        int place = byId.first(hash);
        while (place != HashIndex.NONE && ids[byId.value(place)] != id) {
            place = byId.next(place, hash);
        }
        return place == HashIndex.NONE ? UNKNOWN : byId.value(place);
    }

    public long id(int account) {
        return ids[account];
    }

    public int openOrders(int account) {
        return openOrders[account];
    }

    public void changeOpenOrders(int account, int change) {
        openOrders[account] += change;
    }

    int add(long id) {
        int index = byId.count();
        if (index == ids.length) {
            ids = Arrays.copyOf(ids, 2 * index);
            openOrders = Arrays.copyOf(openOrders, 2 * index);
        }
        ids[index] = id;
        byId.add(HashIndex.hash(id, 0), index);
        return index;
    }
}
