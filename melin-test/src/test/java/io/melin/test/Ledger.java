package io.melin.test;

import io.melin.event.EventHeader;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * What was framed for a journal, and how much of it was promised to be durable.
 *
 * <p>A1: every promised entry is found, unchanged. A2: what is found is a prefix of what was
 * framed.
 */
final class Ledger {
    private final List<Entry> framed = new ArrayList<>();
    private long promised;

    /** All of an entry that must survive. */
    record Entry(byte kind, byte idScheme, long sequence, long timeNs, List<Object> rest) {
        static Entry of(EventHeader header, ByteBuffer payload) {
            byte[] bytes = new byte[payload.remaining()];
            payload.duplicate().get(bytes);
            return new Entry(
                    header.kind(),
                    header.idScheme(),
                    header.sequence(),
                    header.timeNs(),
                    List.of(header.idHigh(), header.idLow(), ByteBuffer.wrap(bytes)));
        }
    }

    void framed(Entry entry) {
        framed.add(entry);
    }

    /** All up to a sequence; it never goes back. */
    void promised(long sequence) {
        if (sequence < promised || sequence > framed.size()) {
            throw new AssertionError(
                    "durable cursor: sequence="
                            + sequence
                            + ", before="
                            + promised
                            + ", framed="
                            + framed.size());
        }
        promised = sequence;
    }

    long promised() {
        return promised;
    }

    long framedCount() {
        return framed.size();
    }

    /** A1 and A2. */
    void check(List<Entry> found) {
        if (found.size() < promised) {
            throw new AssertionError(
                    "A1, durable entries lost: promised=" + promised + ", found=" + found.size());
        }
        if (found.size() > framed.size()) {
            throw new AssertionError(
                    "A2, entries invented: framed=" + framed.size() + ", found=" + found.size());
        }
        for (int index = 0; index < found.size(); index++) {
            if (!found.get(index).equals(framed.get(index))) {
                throw new AssertionError(
                        (index < promised ? "A1" : "A2")
                                + ", entry differs: expected="
                                + framed.get(index)
                                + ", found="
                                + found.get(index));
            }
        }
    }

    /** A node serves on top of what it recovered: all of that is promised now, the rest is gone. */
    void recovered(List<Entry> found) {
        check(found);
        framed.clear();
        framed.addAll(found);
        promised = found.size();
    }
}
