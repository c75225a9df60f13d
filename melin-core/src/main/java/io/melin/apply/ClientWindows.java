package io.melin.apply;

import io.melin.app.SnapshotReader;
import io.melin.app.SnapshotWriter;
import io.melin.event.IdScheme;
import java.io.IOException;
import java.util.Arrays;

/**
 * Per client the highest request number seen and which of the {@code window} numbers up to it were.
 *
 * <p>W1: a number of the window that was never seen is new, in whatever order numbers arrive. W2: a
 * number below the window is never new. W3: the client without a new event for longest is the first
 * one forgotten; a forgotten client is a new one.
 *
 * <p>Range: request numbers are u64. Threading: one.
 */
final class ClientWindows {
    /** What the window knows of a number. */
    enum Sight {
        NEW,
        SEEN,
        TOO_OLD
    }

    private final int clientsMax;
    private final int window;
    private final int stride;
    private final IdQueue clients = new IdQueue();

    /**
     * By row: highest number, then one bit for each number of the window, at number modulo window.
     */
    private long[] state;

    /** Of the client that was looked at last, or {@link IdQueue#NONE}. */
    private int row = IdQueue.NONE;

    ClientWindows(DedupLimits limits) {
        this.clientsMax = limits.clientsMax();
        this.window = limits.window();
        this.stride = 1 + window / Long.SIZE;
        this.state = new long[0];
    }

    Sight sight(byte scheme, long client, long request) {
        row = clients.find(scheme, client, 0);
        if (row == IdQueue.NONE) {
            return Sight.NEW;
        }
        long highest = state[row * stride];
        if (Long.compareUnsigned(request, highest) > 0) {
            return Sight.NEW;
        }
        if (Long.compareUnsigned(highest - request, window) >= 0) {
            return Sight.TOO_OLD;
        }
        return (state[wordOf(row, request)] & 1L << request) != 0 ? Sight.SEEN : Sight.NEW;
    }

    /**
     * Whether no client was ever forgotten, so that what is new here has not been seen before, ever
     * (W1, W3): clients leave only to make room, so a table that is not full has lost none.
     */
    boolean isComplete() {
        return clients.count() < clientsMax;
    }

    /** The highest number seen of a client, 0 if it is not known. */
    long highest(byte scheme, long client) {
        int row = clients.find(scheme, client, 0);
        return row == IdQueue.NONE ? 0 : state[row * stride];
    }

    /** Marks a number that {@link #sight} called new just before. */
    void mark(byte scheme, long client, long request) {
        if (row == IdQueue.NONE) {
            row = open(scheme, client, request);
        } else {
            clients.touch(row);
            advance(row, request);
        }
        state[wordOf(row, request)] |= 1L << request;
    }

    private int open(byte scheme, long client, long highest) {
        if (clients.count() == clientsMax) {
            clients.removeOldest();
        }
        int row = clients.add(scheme, client, 0);
        if (clients.capacity() * stride > state.length) {
            state = Arrays.copyOf(state, clients.capacity() * stride);
        }
        Arrays.fill(state, row * stride, (row + 1) * stride, 0);
        state[row * stride] = highest;
        return row;
    }

    private void advance(int row, long request) {
        long highest = state[row * stride];
        if (Long.compareUnsigned(request, highest) <= 0) {
            return;
        }
        if (Long.compareUnsigned(request - highest, window) >= 0) {
            Arrays.fill(state, row * stride + 1, (row + 1) * stride, 0);
        } else {
            for (long number = highest + 1; number != request + 1; number++) {
                state[wordOf(row, number)] &= ~(1L << number);
            }
        }
        state[row * stride] = request;
    }

    private int wordOf(int row, long request) {
        return row * stride + 1 + (int) (request & (window - 1)) / Long.SIZE;
    }

    void snapshot(SnapshotWriter out) throws IOException {
        out.writeInt(clients.count());
        for (int row = clients.oldest(); row != IdQueue.NONE; row = clients.newerThan(row)) {
            out.writeByte(clients.scheme(row));
            out.writeLong(clients.high(row));
            for (int i = 0; i < stride; i++) {
                out.writeLong(state[row * stride + i]);
            }
        }
    }

    void restore(SnapshotReader in) throws IOException {
        int count = DedupTable.readCount(in, "clients", clientsMax);
        for (int i = 0; i < count; i++) {
            byte scheme = DedupTable.readScheme(in);
            long client = in.readLong();
            long highest = in.readLong();
            DedupTable.require(
                    IdScheme.scheme(scheme) == IdScheme.CLIENT_REQUEST
                            && clients.find(scheme, client, 0) == IdQueue.NONE,
                    "client");
            int row = open(scheme, client, highest);
            for (int word = 1; word < stride; word++) {
                state[row * stride + word] = in.readLong();
            }
            DedupTable.require(sight(scheme, client, highest) == Sight.SEEN, "window");
        }
    }
}
