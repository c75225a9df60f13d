package io.melin.sample.exchange.load;

import io.melin.sample.exchange.domain.Side;
import io.melin.sample.exchange.gateway.OrderDraft;
import java.util.Arrays;

/**
 * The orders that a client has not cancelled, newest last but for what a removal moves. Bounded; it
 * knows nothing of fills. One thread.
 */
final class LiveOrders {
    private final int capacity;
    private long[] ids = new long[64];
    private int[] accounts = new int[64];
    private int[] symbols = new int[64];
    private byte[] sides = new byte[64];
    private int count;
    private int oldest;

    LiveOrders(int capacity) {
        this.capacity = capacity;
    }

    int count() {
        return count;
    }

    boolean isFull() {
        return count == capacity;
    }

    /** Where the next order to be overwritten is, going round. */
    int overwritten() {
        oldest = oldest + 1 < count ? oldest + 1 : 0;
        return oldest;
    }

    void add(long id, int account, int symbol, Side side) {
        if (count == ids.length) {
            ids = Arrays.copyOf(ids, 2 * count);
            accounts = Arrays.copyOf(accounts, 2 * count);
            symbols = Arrays.copyOf(symbols, 2 * count);
            sides = Arrays.copyOf(sides, 2 * count);
        }
        ids[count] = id;
        accounts[count] = account;
        symbols[count] = symbol;
        sides[count] = side.code();
        count++;
    }

    /** Names an order in a draft. */
    void name(int index, OrderDraft draft) {
        draft.key(symbols[index], accounts[index], ids[index]);
    }

    Side side(int index) {
        return sides[index] == Side.BUY.code() ? Side.BUY : Side.SELL;
    }

    /** The last one takes its place. */
    void remove(int index) {
        count--;
        ids[index] = ids[count];
        accounts[index] = accounts[count];
        symbols[index] = symbols[count];
        sides[index] = sides[count];
    }
}
