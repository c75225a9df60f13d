package io.melin.apply;

import io.melin.app.SnapshotReader;
import io.melin.app.SnapshotWriter;
import io.melin.event.EventHeader;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The newest outcomes of events with an id, with the bytes that a repeat returns.
 *
 * <p>O1: the held outcomes are the longest run of newest ones that fits both bounds; one that alone
 * is over the bound of bytes is not held and pushes nothing out. O2: bytes lie in a ring in the
 * order of their outcomes, at position modulo capacity.
 *
 * <p>Threading: one.
 */
final class OutcomeStore {
    private static final int BYTES_INITIAL = 1_024;

    private static final int SEQUENCE = IdRing.OWN;
    private static final int TIME_NS = IdRing.OWN + 1;
    private static final int PRINT = IdRing.OWN + 2;
    private static final int POSITION = IdRing.OWN + 3;
    private static final int BYTES_AND_KIND = IdRing.OWN + 4;

    private static final long APPLIED = 1;
    private static final long REJECTED = 2;

    private final DedupLimits limits;
    private final IdRing ids = new IdRing();

    /** A ring, a power of two long. */
    private byte[] bytes = new byte[0];

    private long firstPosition;
    private long nextPosition;

    OutcomeStore(DedupLimits limits) {
        this.limits = limits;
    }

    /** The row of the outcome of the header's id, or {@link IdRing#NONE}. */
    int find(EventHeader header) {
        return ids.find(header.idScheme(), header.idHigh(), header.idLow());
    }

    /** {@link IdRing#keepReady}. */
    int keepReady() {
        return ids.keepReady();
    }

    /** Payload CRC and length of the event that had the outcome. */
    long print(int row) {
        return ids.get(row, PRINT);
    }

    void hold(EventHeader header, long print, Outcome<?> outcome) {
        int size = outcome.encodedBytes();
        if (size > limits.outcomeBytesMax()) {
            return;
        }
        long kind = outcome.kind() == Outcome.Kind.REJECTED ? REJECTED : APPLIED;
        makeRoom(size);
        int row = ids.add(header.idScheme(), header.idHigh(), header.idLow());
        fill(row, outcome.sequence(), outcome.timeNs(), print);
        ids.set(row, BYTES_AND_KIND, (long) size << 8 | kind);
        copyIn(outcome.encoded(), size);
    }

    /** Makes {@code outcome} the repeat of the one at {@code row}. */
    void repeat(int row, Outcome<?> outcome) {
        outcome.repeat(kind(row), ids.get(row, SEQUENCE), ids.get(row, TIME_NS));
        int size = size(row);
        copyOut(ids.get(row, POSITION), outcome.loadInto(size), size);
        outcome.load(size);
    }

    private void fill(int row, long sequence, long timeNs, long print) {
        ids.set(row, SEQUENCE, sequence);
        ids.set(row, TIME_NS, timeNs);
        ids.set(row, PRINT, print);
        ids.set(row, POSITION, nextPosition);
    }

    private Outcome.Kind kind(int row) {
        return (ids.get(row, BYTES_AND_KIND) & 0xFF) == REJECTED
                ? Outcome.Kind.REJECTED
                : Outcome.Kind.APPLIED;
    }

    private int size(int row) {
        return (int) (ids.get(row, BYTES_AND_KIND) >> 8);
    }

    private void makeRoom(int size) {
        while (ids.count() == limits.outcomesMax()
                || nextPosition - firstPosition + size > limits.outcomeBytesMax()) {
            firstPosition += size(ids.removeOldest());
        }
        long used = nextPosition - firstPosition + size;
        if (used > bytes.length) {
            grow(used);
        }
    }

    private void grow(long atLeast) {
        int capacity = Math.max(bytes.length, Math.min(BYTES_INITIAL, limits.outcomeBytesMax()));
        while (capacity < atLeast) {
            capacity *= 2;
        }
        byte[] grown = new byte[capacity];
        for (long position = firstPosition; position < nextPosition; ) {
            int from = (int) position & (bytes.length - 1);
            int to = (int) position & (capacity - 1);
            int run = Math.min(bytes.length - from, capacity - to);
            run = (int) Math.min(run, nextPosition - position);
            System.arraycopy(bytes, from, grown, to, run);
            position += run;
        }
        bytes = grown;
    }

    private void copyIn(byte[] source, int size) {
        int at = (int) nextPosition & (bytes.length - 1);
        int run = Math.min(size, bytes.length - at);
        System.arraycopy(source, 0, bytes, at, run);
        if (run < size) { // once a round: this is on the path of every event
            System.arraycopy(source, run, bytes, 0, size - run);
        }
        nextPosition += size;
    }

    private void copyOut(long position, byte[] target, int size) {
        int at = (int) position & (bytes.length - 1);
        int run = Math.min(size, bytes.length - at);
        System.arraycopy(bytes, at, target, 0, run);
        System.arraycopy(bytes, 0, target, run, size - run);
    }

    void snapshot(SnapshotWriter out) throws IOException {
        out.writeInt(ids.count());
        for (int age = 0; age < ids.count(); age++) {
            int row = ids.row(age);
            out.writeByte(ids.scheme(row));
            out.writeLong(ids.high(row));
            out.writeLong(ids.low(row));
            out.writeLong(ids.get(row, SEQUENCE));
            out.writeLong(ids.get(row, TIME_NS));
            out.writeLong(ids.get(row, PRINT));
            out.writeByte((int) ids.get(row, BYTES_AND_KIND) & 0xFF);
            out.writeInt(size(row));
            byte[] copy = new byte[size(row)];
            copyOut(ids.get(row, POSITION), copy, copy.length);
            out.writeBytes(ByteBuffer.wrap(copy));
        }
    }

    void restore(SnapshotReader in) throws IOException {
        int count = DedupTable.readCount(in, "outcomes", limits.outcomesMax());
        for (int i = 0; i < count; i++) {
            restoreOne(in);
        }
    }

    private void restoreOne(SnapshotReader in) throws IOException {
        byte scheme = DedupTable.readScheme(in);
        long high = in.readLong();
        long low = in.readLong();
        DedupTable.require(ids.find(scheme, high, low) == IdRing.NONE, "outcome id");
        long sequence = in.readLong();
        long timeNs = in.readLong();
        long print = in.readLong();
        long kind = in.readByte();
        DedupTable.require(kind == APPLIED || kind == REJECTED, "outcome kind");
        int bound = kind == REJECTED ? Outcome.REASON_BYTES_MAX : limits.outcomeBytesMax();
        int size = DedupTable.readCount(in, "outcome bytes", bound);
        long used = nextPosition - firstPosition + size;
        DedupTable.require(used <= limits.outcomeBytesMax(), "outcome bytes in all");
        byte[] copy = new byte[size];
        in.readBytes(ByteBuffer.wrap(copy));
        DedupTable.require(kind == REJECTED || ReportBuffer.isWhole(copy), "reports");
        makeRoom(size);
        int row = ids.add(scheme, high, low);
        fill(row, sequence, timeNs, print);
        ids.set(row, BYTES_AND_KIND, (long) size << 8 | kind);
        copyIn(copy, size);
    }
}
