package io.melin.apply;

import io.melin.app.Codec;
import io.melin.app.Reports;
import io.melin.integrity.Invariant;
import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The encoded reports of one event, in order, in one buffer that is reused for the next.
 *
 * <p>R1: a report is in the buffer whole or the buffer is broken, and a broken buffer takes and
 * gives no more: an application that swallows the failure of {@link #add} cannot hide it.
 *
 * <p>Range: any number of reports, 2 GiB together. The capacity grows with the largest event and
 * stays. Bytes: inside, each report is a u32 length and its bytes, little-endian. Threading: one.
 */
public final class ReportBuffer<R> implements Reports<R> {
    private static final int LENGTH_BYTES = Integer.BYTES;
    private static final int CAPACITY_BYTES_INITIAL = 1_024;
    private static final int CAPACITY_BYTES_MAX = Integer.MAX_VALUE - 8;
    private static final int COUNT_INITIAL = 16;

    private final Codec<R> codec;
    private ByteBuffer store;
    private ByteBuffer view;
    private int[] ends = new int[COUNT_INITIAL];
    private int count;
    private boolean broken;

    /**
     * @param codec its {@link Codec#fresh()} encodes here
     */
    public ReportBuffer(Codec<R> codec) {
        this.codec = codec.fresh();
        this.store = ByteBuffer.allocate(CAPACITY_BYTES_INITIAL).order(ByteOrder.LITTLE_ENDIAN);
        this.view = viewOf(store);
    }

    /**
     * Fails: {@link AssertionError} when the codec writes another number of bytes than its size;
     * the buffer is broken then (R1), as after any exception out of the codec.
     */
    @Override
    public void add(R report) {
        requireWhole();
        broken = true;
        int size = codec.size(report);
        if (size < 0) {
            throw new AssertionError("report size is negative: size=" + size);
        }
        int start = encodedBytes() + LENGTH_BYTES;
        reserve((long) start + size);
        store.clear().position(start).limit(start + size);
        encode(report, size);
        Invariant.checkEqual(store.position(), (long) start + size, "end of an encoded report");
        store.clear().order(ByteOrder.LITTLE_ENDIAN);
        store.putInt(start - LENGTH_BYTES, size);
        append(start + size);
        broken = false;
    }

    private void encode(R report, int size) {
        try {
            codec.encode(report, store);
        } catch (BufferOverflowException e) {
            throw new AssertionError("report encoded past its size: size=" + size, e);
        }
    }

    /** How many reports there are. */
    public int count() {
        return count;
    }

    /** Bytes of all reports together. */
    public int payloadBytes() {
        return encodedBytes() - count * LENGTH_BYTES;
    }

    /** Bytes of the report at {@code index}. */
    public int payloadBytes(int index) {
        return ends[checkIndex(index)] - startOf(index);
    }

    /**
     * The report at {@code index}: a little-endian view, for reading, valid until the next call of
     * any method of this buffer.
     */
    public ByteBuffer payload(int index) {
        int end = ends[checkIndex(index)];
        view.clear().order(ByteOrder.LITTLE_ENDIAN).position(startOf(index)).limit(end);
        return view;
    }

    /** Forgets the reports and keeps the capacity. A broken buffer stays broken. */
    public void clear() {
        count = 0;
    }

    /** Bytes of all reports and their lengths. */
    int encodedBytes() {
        return count == 0 ? 0 : ends[count - 1];
    }

    /** The reports as they are kept, from index 0 to {@link #encodedBytes()}. */
    byte[] encoded() {
        requireWhole();
        return store.array();
    }

    /**
     * Room for {@code encodedBytes} from index 0; the caller fills it, then calls {@link #load}.
     */
    byte[] loadInto(int encodedBytes) {
        clear();
        reserve(encodedBytes);
        return store.array();
    }

    /** Takes the reports that were just filled in. */
    void load(int encodedBytes) {
        int start = 0;
        while (start < encodedBytes) {
            int end = start + LENGTH_BYTES + store.getInt(start);
            Invariant.check(end > start && end <= encodedBytes, "loaded report out of bounds");
            append(end);
            start = end;
        }
    }

    /** Whether {@code encoded} is exactly some number of whole reports. */
    static boolean isWhole(byte[] encoded) {
        ByteBuffer in = ByteBuffer.wrap(encoded).order(ByteOrder.LITTLE_ENDIAN);
        while (in.remaining() >= LENGTH_BYTES) {
            int size = in.getInt();
            if (size < 0 || size > in.remaining()) {
                return false;
            }
            in.position(in.position() + size);
        }
        return !in.hasRemaining();
    }

    boolean isBroken() {
        return broken;
    }

    private void requireWhole() {
        Invariant.check(!broken, "R1: a report was not encoded, and more was asked of its buffer");
    }

    private int startOf(int index) {
        return (index == 0 ? 0 : ends[index - 1]) + LENGTH_BYTES;
    }

    private int checkIndex(int index) {
        requireWhole();
        if (index < 0 || index >= count) {
            throw new IndexOutOfBoundsException("report: index=" + index + ", count=" + count);
        }
        return index;
    }

    private void append(int end) {
        if (count == ends.length) {
            ends = Arrays.copyOf(ends, ends.length * 2);
        }
        ends[count++] = end;
    }

    private void reserve(long bytes) {
        if (bytes <= store.capacity()) {
            return;
        }
        if (bytes > CAPACITY_BYTES_MAX) {
            throw new IllegalStateException(
                    "reports of one event too large: bytes="
                            + bytes
                            + ", max="
                            + CAPACITY_BYTES_MAX
                            + ", reports="
                            + count);
        }
        long capacity = Math.min(CAPACITY_BYTES_MAX, Math.max(bytes, 2L * store.capacity()));
        byte[] grown = Arrays.copyOf(store.array(), (int) capacity);
        store = ByteBuffer.wrap(grown).order(ByteOrder.LITTLE_ENDIAN);
        view = viewOf(store);
    }

    private static ByteBuffer viewOf(ByteBuffer store) {
        return store.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    }
}
