package io.melin.sample.exchange.load;

import io.melin.sample.exchange.domain.Amounts;
import io.melin.sample.exchange.gateway.RequestEncoder;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * One client's share of what must exist before the first order: the instruments, and a deposit of
 * both currencies in each account. One thread.
 */
final class SetUp implements FrameSource {
    static final int QUOTE = 0;
    static final int BASE = 1;

    /** So many runs leave all that exists in the range of one balance, which the exchange likes. */
    private static final int RUNS = 16;

    private final Shape shape;
    private final Map<Long, Long> pending = new HashMap<>();
    private final Deque<Long> again = new ArrayDeque<>();
    private long nextItem;

    /**
     * @param client one of as many as the shape has connections, from 0
     */
    SetUp(Shape shape, int client) {
        this.shape = shape;
        nextItem = client;
    }

    @Override
    public boolean write(ByteBuffer out, long request) {
        long item = again.isEmpty() ? nextItem : again.remove();
        if (!write(out, request, item)) {
            return false;
        }
        pending.put(request, item);
        nextItem += item == nextItem ? shape.connections() : 0;
        return true;
    }

    private boolean write(ByteBuffer out, long request, long item) {
        long rest = item - shape.instruments();
        if (rest < 0) {
            RequestEncoder.addInstrument(out, request, (int) item, BASE, QUOTE);
            return true;
        }
        if (rest >= 2L * shape.accounts()) {
            return false;
        }
        long amount = Amounts.MAX / RUNS / shape.accounts();
        RequestEncoder.deposit(out, request, (int) (rest / 2) + 1, (int) (rest % 2), amount);
        return true;
    }

    /** What was refused for now is asked for again. */
    void ended(long request, Outcome outcome) {
        Long item = pending.remove(request);
        if (item != null && outcome == Outcome.BUSY) {
            again.add(item);
        }
    }

    /** Whether something is to be asked for again. */
    boolean isPending() {
        return !again.isEmpty();
    }

    /** Nothing is to be set up. */
    void skip() {
        nextItem = Long.MAX_VALUE;
    }

    @Override
    public long orderId() {
        return 0;
    }
}
