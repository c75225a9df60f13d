package io.melin.journal;

import java.nio.file.Path;

/**
 * What a journal is and how much it may use.
 *
 * @param directory of all files of the journal, of one node
 * @param name of the live segment; archives are {@code name.NNNNNN}, the lock {@code name.lock}
 * @param prezeroedBytes zeros kept ahead of the last entry, a multiple of 4,096
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
        long prezeroedBytes,
        int frameBufferBytes,
        long unsyncedBytesMax,
        int payloadBytesMax,
        int codecVersion,
        int applicationVersion) {

    public static final String NAME = "melin.journal";
    public static final long PREZEROED_BYTES = 64L << 20;
    public static final int FRAME_BUFFER_BYTES = 4 << 20;
    public static final long UNSYNCED_BYTES_MAX = 64L << 20;
    public static final int PAYLOAD_BYTES_MAX = 64 << 10;

    private static final int VERSION_MAX = 0xFFFF;

    /**
     * @throws IllegalArgumentException if a value is out of its range; the message names it
     */
    public JournalConfig {
        check(
                name.matches("[A-Za-z0-9_-][A-Za-z0-9._-]*"),
                "name must be a plain file name: name=" + name);
        check(
                prezeroedBytes >= SegmentHeader.PAGE_BYTES
                        && prezeroedBytes % SegmentHeader.PAGE_BYTES == 0,
                "prezeroedBytes must be a multiple of 4096: prezeroedBytes=" + prezeroedBytes);
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
                PREZEROED_BYTES,
                FRAME_BUFFER_BYTES,
                UNSYNCED_BYTES_MAX,
                PAYLOAD_BYTES_MAX,
                codecVersion,
                applicationVersion);
    }

    /** The same with another amount of zeros ahead. */
    public JournalConfig withPrezeroedBytes(long bytes) {
        return new JournalConfig(
                directory,
                name,
                bytes,
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
                prezeroedBytes,
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
                prezeroedBytes,
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
                prezeroedBytes,
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
