package io.melin.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A dumb second model of one file: its whole content after every change since the last sync. */
final class ByteHistory {
    private final List<byte[]> versions = new ArrayList<>();
    private final int sizeMax;

    ByteHistory(int sizeMax) {
        this.sizeMax = sizeMax;
        versions.add(new byte[0]);
    }

    void write(int offset, byte[] bytes) {
        byte[] next = Arrays.copyOf(now(), Math.max(now().length, offset + bytes.length));
        System.arraycopy(bytes, 0, next, offset, bytes.length);
        assertThat(next.length).isLessThanOrEqualTo(sizeMax);
        versions.add(next);
    }

    void truncate(int size) {
        versions.add(Arrays.copyOf(now(), Math.min(size, now().length)));
    }

    void force() {
        byte[] last = now();
        versions.clear();
        versions.add(last);
    }

    byte[] now() {
        return versions.get(versions.size() - 1);
    }

    byte[] synced() {
        return versions.get(0);
    }

    /** The size is one of those since the sync, and so is each byte at its place. */
    void check(byte[] found) {
        assertThat(versions.stream().map(v -> v.length)).contains(found.length);
        for (int at = 0; at < found.length; at++) {
            if (!isKnown(found[at], at)) {
                throw new AssertionError("invented byte: offset=" + at + ", value=" + found[at]);
            }
        }
    }

    private boolean isKnown(byte value, int at) {
        for (byte[] version : versions) {
            // A file that grew has zeros where its bytes are missing.
            if (value == (at < version.length ? version[at] : 0)) {
                return true;
            }
        }
        return false;
    }
}
