package io.melin.journal;

import io.melin.integrity.ChainHash;
import io.melin.integrity.Crc32c;
import io.melin.integrity.HashChain;
import io.melin.journal.TestJournal.Clock;
import io.melin.journal.TestJournal.Entry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Changes segments as a rotation, an operator or a rotten disk would. */
final class Segments {
    static final String LIVE = JournalConfig.NAME;

    private Segments() {}

    static String archive(long segment) {
        return new SegmentNames(LIVE).archive(segment);
    }

    /** Seals the closed live segment, cuts its zeros off, and files it as an archive. */
    static String rotate(MemoryStorage storage) throws IOException {
        SegmentHead head = SegmentHead.read(storage.openRead(LIVE), Place.of(LIVE));
        byte[] segment = storage.bytes(LIVE);
        SealRecord seal = seal(segment, head.header());
        ByteBuffer bytes = ByteBuffer.wrap(segment);
        seal.write(bytes, SegmentHeader.SEAL_PAGE, new Crc32c());
        String name = archive(head.header().segment());
        storage.remove(LIVE);
        storage.put(name, Arrays.copyOf(segment, (int) seal.validEnd()));
        return name;
    }

    static SealRecord seal(byte[] segment, SegmentHeader header) throws IOException {
        JournalReader reader = reader(segment);
        long sequence = header.startSequence() - 1;
        while (reader.next() == EntryVerdict.OK) {
            sequence++;
        }
        int end = (int) reader.end();
        HashChain chain = new HashChain(header.anchor());
        chain.update(ByteBuffer.wrap(segment, SegmentHeader.ENTRIES, end - SegmentHeader.ENTRIES));
        return new SealRecord(sequence, end, chain.value());
    }

    /** A journal of three archives and a live segment, closed; returns all its entries. */
    static List<Entry> threeArchives(MemoryStorage storage) throws IOException {
        Clock clock = new Clock();
        List<Entry> written = new ArrayList<>();
        for (int segment = 1; segment <= 4; segment++) {
            try (Journal journal = TestJournal.open(storage, clock, new ArrayList<>())) {
                written.addAll(TestJournal.fill(journal, clock, 20_000, segment));
            }
            if (segment < 4) {
                rotate(storage);
            }
        }
        return written;
    }

    /** Changes bytes of a file in place. */
    static void patch(MemoryStorage storage, String name, int at, byte... values)
            throws IOException {
        byte[] bytes = storage.bytes(name);
        System.arraycopy(values, 0, bytes, at, values.length);
        storage.put(name, bytes);
    }

    static void flip(MemoryStorage storage, String name, int at) throws IOException {
        patch(storage, name, at, (byte) (storage.bytes(name)[at] ^ 1));
    }

    /** Replaces the header, with a good checksum. */
    static void header(MemoryStorage storage, String name, SegmentHeader header)
            throws IOException {
        byte[] bytes = storage.bytes(name);
        header.write(ByteBuffer.wrap(bytes), 0, new Crc32c());
        storage.put(name, bytes);
    }

    static SegmentHeader header(MemoryStorage storage, String name) throws IOException {
        return SegmentHeader.read(ByteBuffer.wrap(storage.bytes(name)), 0);
    }

    static SegmentHeader withAnchor(SegmentHeader header, ChainHash anchor) {
        return new SegmentHeader(
                header.codecVersion(),
                header.applicationVersion(),
                header.lineage(),
                header.segment(),
                header.startSequence(),
                header.epoch(),
                header.timeNs(),
                anchor);
    }

    /** Gives the entry at {@code at} other bytes, and a good checksum again. */
    static void rewriteEntry(MemoryStorage storage, String name, int at, int field, int value)
            throws IOException {
        byte[] bytes = storage.bytes(name);
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        buffer.put(at + field, (byte) value);
        int checksum = at + EntryFrame.total(buffer, at) - EntryFrame.CRC32C_BYTES;
        buffer.putInt(checksum, new Crc32c().of(buffer, at, checksum));
        storage.put(name, bytes);
    }

    /** Offsets of all entries, and the end behind the last. */
    static List<Integer> offsets(byte[] segment) throws IOException {
        JournalReader reader = reader(segment);
        List<Integer> offsets = new ArrayList<>();
        do {
            offsets.add((int) reader.end());
        } while (reader.next() == EntryVerdict.OK);
        return offsets;
    }

    private static JournalReader reader(byte[] segment) {
        return new MemoryFrames()
                .read(ByteBuffer.wrap(segment), SegmentHeader.ENTRIES, segment.length);
    }
}
