package io.melin.journal;

import java.nio.file.Path;

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
 * @param codecVersion of the event codec, 0 to 65,535
 * @param applicationVersion of the application's behaviour, 0 to 65,535
 */
public record JournalConfig(
        Path directory,
        String name,
        Segments segments,
        int frameBufferBytes,
        long unsyncedBytesMax,
        int payloadBytesMax,
        int codecVersion,
        int applicationVersion) {

    public static final String NAME = "melin.journal";
    public static final long SEGMENT_BYTES = 256L << 20;
    public static final long PREZEROED_BYTES = 64L << 20;
    public static final int FRAME_BUFFER_BYTES = 4 << 20;
    public static final long UNSYNCED_BYTES_MAX = 64L << 20;
    public static final int PAYLOAD_BYTES_MAX = 64 << 10;

    /** Room for a head and one page of entries. */
    public static final long SEGMENT_BYTES_MIN =
            SegmentHeader.ENTRIES + (long) SegmentHeader.PAGE_BYTES;

    private static final int VERSION_MAX = 0xFFFF;

    /**
     * How segments take space.
     *
     * @param segmentBytes a live segment that has grown to this is rotated, {@link
     *     #SEGMENT_BYTES_MIN} or more; 0: only on request
     * @param prezeroedBytes zeros kept ahead of the last entry, a multiple of 4,096
     */
    public record Segments(long segmentBytes, long prezeroedBytes) {
        public static final Segments DEFAULT = new Segments(SEGMENT_BYTES, PREZEROED_BYTES);

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
        checkVersion(codecVersion, "codecVersion");
        checkVersion(applicationVersion, "applicationVersion");
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
                codecVersion,
                applicationVersion);
    }

    /** Size at which a live segment is rotated, 0 for never. */
    public long segmentBytes() {
        return segments.segmentBytes();
    }

    /** Zeros kept ahead of the last entry. */
    public long prezeroedBytes() {
        return segments.prezeroedBytes();
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

    /** The same with another amount of zeros ahead. */
    public JournalConfig withPrezeroedBytes(long bytes) {
        return withSegments(new Segments(segmentBytes(), bytes));
    }

    /** The same with another size of segments; 0: they are rotated only on request. */
    public JournalConfig withSegmentBytes(long bytes) {
        return withSegments(new Segments(bytes, prezeroedBytes()));
    }

    private JournalConfig withSegments(Segments other) {
        return new JournalConfig(
                directory,
                name,
                other,
                frameBufferBytes,
                unsyncedBytesMax,
                payloadBytesMax,
                codecVersion,
                applicationVersion);
    }

    /** The same for another codec and application. */
    public JournalConfig withVersions(int codec, int application) {
        return new JournalConfig(
                directory,
                name,
                segments,
                frameBufferBytes,
                unsyncedBytesMax,
                payloadBytesMax,
                codec,
                application);
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
                codecVersion,
                applicationVersion);
    }

    /** The same with another hand-off and bound of what a crash can tear. */
    public JournalConfig withFrameBufferBytes(int bytes, long unsyncedMax) {
        return new JournalConfig(
                directory,
                name,
                segments,
                bytes,
                unsyncedMax,
                payloadBytesMax,
                codecVersion,
                applicationVersion);
    }

    private static void checkVersion(int version, String what) {
        check(
                version >= 0 && version <= VERSION_MAX,
                what + " must be 0 to 65535: " + what + "=" + version);
    }

    private static void check(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException("journal: " + message);
        }
    }
}
