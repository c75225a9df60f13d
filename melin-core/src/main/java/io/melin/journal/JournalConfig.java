package io.melin.journal;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What a journal is and how much it may use.
 *
 * @param directory of all files of the journal, of one node
 * @param name of the live segment; archives are {@code name.NNNNNN}, the lock {@code name.lock}
 * @param segments how large segments grow, and how many zeros are kept ahead of their entries
 * @param frameBufferBytes hand-off to the disk work, a power of two, room for two largest entries
 * @param unsyncedBytesMax how far a crash can tear, at least every {@code frameBufferBytes} that
 *     the journal was ever written with; a valid entry farther behind the first invalid one is
 *     damage
 * @param payloadBytesMax of a new entry; older, larger ones can still be read
 * @param versions of codec and application that write, and whose entries they take
 * @param skip an entry that the next start journals as never to be applied; null for none
 */
public record JournalConfig(
        Path directory,
        String name,
        Segments segments,
        int frameBufferBytes,
        long unsyncedBytesMax,
        int payloadBytesMax,
        Versions versions,
        @Nullable Skip skip) {

    public static final String NAME = "melin.journal";
    public static final long SEGMENT_BYTES = 256L << 20;
    public static final long PREZEROED_BYTES = 64L << 20;
    public static final int FRAME_BUFFER_BYTES = 4 << 20;
    public static final long UNSYNCED_BYTES_MAX = 64L << 20;
    public static final int PAYLOAD_BYTES_MAX = 64 << 10;

    /** Room for a head and one page of entries. */
    public static final long SEGMENT_BYTES_MIN =
            SegmentHeader.ENTRIES + (long) SegmentHeader.PAGE_BYTES;

    /**
     * How segments take space.
     *
     * @param segmentBytes a live segment that has grown to this is rotated, {@link
     *     #SEGMENT_BYTES_MIN} or more; 0: only on request
     * @param prezeroedBytes zeros kept ahead of the last entry, a multiple of 4,096; what the live
     *     segment has no room for is kept in further ones, made in the background
     * @param freeBytesMin free space below which no event is taken; 0: none, {@link #FREE_AUTO}:
     *     twice what may be on its way to the disk
     * @param retention which archives may go
     */
    public record Segments(
            long segmentBytes, long prezeroedBytes, long freeBytesMin, Retention retention) {
        public static final long FREE_AUTO = -1;
        public static final Segments DEFAULT =
                new Segments(SEGMENT_BYTES, PREZEROED_BYTES, FREE_AUTO, Retention.KEEP_ALL);

        /**
         * @throws IllegalArgumentException if a value is out of its range; the message names it
         */
        public Segments {
            check(
                    segmentBytes == 0 || segmentBytes >= SEGMENT_BYTES_MIN,
                    "segmentBytes must be 0 or at least "
                            + SEGMENT_BYTES_MIN
                            + ": segmentBytes="
                            + segmentBytes);
            check(
                    prezeroedBytes >= SegmentHeader.PAGE_BYTES
                            && prezeroedBytes % SegmentHeader.PAGE_BYTES == 0,
                    "prezeroedBytes must be a multiple of 4096: prezeroedBytes=" + prezeroedBytes);
            check(
                    freeBytesMin >= FREE_AUTO,
                    "freeBytesMin must be -1 or more: freeBytesMin=" + freeBytesMin);
        }

        /**
         * The most that a write can take of the volume: zeros of the live segment, and a hand-off.
         */
        public long onItsWayBytes(int frameBufferBytes) {
            long zeros =
                    segmentBytes == 0 ? prezeroedBytes : Math.min(prezeroedBytes, segmentBytes);
            return zeros + frameBufferBytes;
        }

        /** The same with another floor of free space. */
        public Segments withFreeBytesMin(long bytes) {
            return new Segments(segmentBytes, prezeroedBytes, bytes, retention);
        }
    }

    /**
     * @throws IllegalArgumentException if a value is out of its range; the message names it
     */
    public JournalConfig {
        check(
                name.matches("[A-Za-z0-9_-][A-Za-z0-9._-]*"),
                "name must be a plain file name: name=" + name);
        check(
                payloadBytesMax > 0 && payloadBytesMax <= EntryFrame.PAYLOAD_BYTES_MAX,
                "payloadBytesMax must be 1 to 16777216: payloadBytesMax=" + payloadBytesMax);
        check(
                Integer.bitCount(frameBufferBytes) == 1
                        && frameBufferBytes >= FrameBuffer.capacityBytesMin(payloadBytesMax),
                "frameBufferBytes must be a power of two and hold two entries: frameBufferBytes="
                        + frameBufferBytes
                        + ", minimum="
                        + FrameBuffer.capacityBytesMin(payloadBytesMax));
        check(
                unsyncedBytesMax >= frameBufferBytes,
                "unsyncedBytesMax must not be below frameBufferBytes: unsyncedBytesMax="
                        + unsyncedBytesMax
                        + ", frameBufferBytes="
                        + frameBufferBytes);
        long onItsWay = segments.onItsWayBytes(frameBufferBytes);
        check(
                segments.freeBytesMin() <= 0 || segments.freeBytesMin() >= onItsWay,
                "freeBytesMin must be 0 or hold frameBufferBytes and what is zeroed of one segment:"
                        + " freeBytesMin="
                        + segments.freeBytesMin()
                        + ", minimum="
                        + onItsWay);
    }

    /** All defaults. */
    public static JournalConfig of(Path directory, int codecVersion, int applicationVersion) {
        return new JournalConfig(
                directory,
                NAME,
                Segments.DEFAULT,
                FRAME_BUFFER_BYTES,
                UNSYNCED_BYTES_MAX,
                PAYLOAD_BYTES_MAX,
                Versions.of(codecVersion, applicationVersion),
                null);
    }

    /** Of the event codec that writes. */
    public int codecVersion() {
        return versions.codec();
    }

    /** Of the application that writes. */
    public int applicationVersion() {
        return versions.application();
    }

    /** Size at which a live segment is rotated, 0 for never. */
    public long segmentBytes() {
        return segments.segmentBytes();
    }

    /** Zeros kept ahead of the last entry, in the live segment and in those that wait. */
    public long prezeroedBytes() {
        return segments.prezeroedBytes();
    }

    /** Which archives may go. */
    public Retention retention() {
        return segments.retention();
    }

    /** Free space of the volume below which no event is taken, 0 for none. */
    public long freeBytesMin() {
        long bytes = segments.freeBytesMin();
        return bytes == Segments.FREE_AUTO ? 2 * segments.onItsWayBytes(frameBufferBytes) : bytes;
    }

    /**
     * Where a segment that is rotated in time ends at the latest: a backlog behind its size. No
     * zeros are needed beyond.
     */
    long segmentEndMax() {
        return segmentBytes() == 0 ? Long.MAX_VALUE : segmentEndMax(segmentBytes());
    }

    /** The same for a segment that was sealed at another size. */
    long segmentEndMax(long sealedBytes) {
        long page = SegmentHeader.PAGE_BYTES;
        return (sealedBytes + frameBufferBytes + page - 1) / page * page;
    }

    /** The same elsewhere. */
    public JournalConfig withDirectory(Path other) {
        return new JournalConfig(
                other,
                name,
                segments,
                frameBufferBytes,
                unsyncedBytesMax,
                payloadBytesMax,
                versions,
                skip);
    }

    /** The same under another name. */
    public JournalConfig withName(String other) {
        return new JournalConfig(
                directory,
                other,
                segments,
                frameBufferBytes,
                unsyncedBytesMax,
                payloadBytesMax,
                versions,
                skip);
    }

    /** The same with another amount of zeros ahead. */
    public JournalConfig withPrezeroedBytes(long bytes) {
        return withSegments(
                new Segments(segmentBytes(), bytes, segments.freeBytesMin(), retention()));
    }

    /** The same with another size of segments; 0: they are rotated only on request. */
    public JournalConfig withSegmentBytes(long bytes) {
        return withSegments(
                new Segments(bytes, prezeroedBytes(), segments.freeBytesMin(), retention()));
    }

    /** The same with another floor of free space. */
    public JournalConfig withFreeBytesMin(long bytes) {
        return withSegments(segments.withFreeBytesMin(bytes));
    }

    /** The same with other archives that may go. */
    public JournalConfig withRetention(Retention other) {
        return withSegments(
                new Segments(segmentBytes(), prezeroedBytes(), segments.freeBytesMin(), other));
    }

    private JournalConfig withSegments(Segments other) {
        return new JournalConfig(
                directory,
                name,
                other,
                frameBufferBytes,
                unsyncedBytesMax,
                payloadBytesMax,
                versions,
                skip);
    }

    /** The same for another codec and application. */
    public JournalConfig withVersions(Versions other) {
        return new JournalConfig(
                directory,
                name,
                segments,
                frameBufferBytes,
                unsyncedBytesMax,
                payloadBytesMax,
                other,
                skip);
    }

    /** The same with an entry to be skipped. */
    public JournalConfig withSkip(@Nullable Skip other) {
        return new JournalConfig(
                directory,
                name,
                segments,
                frameBufferBytes,
                unsyncedBytesMax,
                payloadBytesMax,
                versions,
                other);
    }

    /** The same with another payload limit; the frame buffer grows if it must. */
    public JournalConfig withPayloadBytesMax(int bytes) {
        int frameBytes = Math.max(frameBufferBytes, FrameBuffer.capacityBytesMin(bytes));
        return new JournalConfig(
                directory,
                name,
                segments,
                frameBytes,
                Math.max(unsyncedBytesMax, frameBytes),
                bytes,
                versions,
                skip);
    }

    /** The same with another hand-off and bound of what a crash can tear. */
    public JournalConfig withFrameBufferBytes(int bytes, long unsyncedMax) {
        return new JournalConfig(
                directory, name, segments, bytes, unsyncedMax, payloadBytesMax, versions, skip);
    }

    private static void check(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException("journal: " + message);
        }
    }
}
