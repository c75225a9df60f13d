package io.melin.apply;

import io.melin.event.EventKind;
import io.melin.event.IdScheme;
import io.melin.time.JournaledClock;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;

/**
 * A random log as one ingress would stamp it: repeats, other payloads under a used id, numbers out
 * of order and below the window, rejections, ticks, epochs, and a wall clock that steps back.
 */
final class History {
    private static final byte[] DOORS = {0, IdScheme.GATEWAY};

    private final Random random;
    private final int window;
    private JournaledClock clock = new JournaledClock(0);
    private long wallNs = 1_000;
    private long sequence;
    private final long[] highest = new long[8];

    History(Random random, int window) {
        this.random = random;
        this.window = window;
    }

    /** The ingress starts again, with what the recovered state knows of time. */
    void restart(long lastTimeNs) {
        clock = new JournaledClock(lastTimeNs);
    }

    LoggedEvent next() {
        sequence++;
        wallNs = Math.max(1, wallNs + random.nextInt(200) - 60);
        int dice = random.nextInt(100);
        if (dice < 5) {
            return event(EventKind.TICK, clock.stampTick(wallNs), new byte[0]);
        }
        if (dice < 7) {
            byte[] epoch = new byte[Long.BYTES];
            ByteBuffer.wrap(epoch).order(ByteOrder.LITTLE_ENDIAN).putLong(random.nextInt(50));
            return event(EventKind.EPOCH, clock.stampEvent(wallNs), epoch);
        }
        long timeNs = clock.stampEvent(wallNs);
        if (dice < 20) {
            return event(EventKind.APP, timeNs, payload(random.nextLong()));
        }
        byte door = DOORS[random.nextInt(2)];
        if (dice < 45) {
            long key = random.nextInt(30);
            byte scheme = (byte) (IdScheme.KEY | door);
            return identified(scheme, key * key, key, timeNs, payload(key));
        }
        int client = random.nextInt(highest.length);
        long request = request(client);
        byte scheme = (byte) (IdScheme.CLIENT_REQUEST | door);
        return identified(scheme, client, request, timeNs, payload(client * 1_000_003L + request));
    }

    private long request(int client) {
        long highestOne = highest[client];
        int dice = random.nextInt(20);
        if (dice == 0) {
            highest[client] += random.nextInt(3 * window);
        } else if (dice < 6) {
            highest[client] += 1 + random.nextInt(3);
        } else if (dice < 16) {
            return Math.max(0, highestOne - random.nextInt(8));
        } else {
            return Math.max(0, highestOne - random.nextInt(window + 8));
        }
        return highest[client];
    }

    /** Mostly the payload that belongs to the id; sometimes another one. */
    private byte[] payload(long id) {
        long source = random.nextInt(12) == 0 ? random.nextLong() : id;
        Random content = new Random(source);
        long amount = content.nextInt(201) - 130;
        int reports = content.nextInt(8) == 0 ? content.nextInt(40) : content.nextInt(3);
        return Posting.bytes(Posting.ADD, reports, amount).array();
    }

    private LoggedEvent event(byte kind, long timeNs, byte[] payload) {
        return new LoggedEvent(kind, IdScheme.NONE, 0, 0, sequence, timeNs, payload);
    }

    private LoggedEvent identified(byte scheme, long high, long low, long timeNs, byte[] payload) {
        return new LoggedEvent(EventKind.APP, scheme, high, low, sequence, timeNs, payload);
    }
}
