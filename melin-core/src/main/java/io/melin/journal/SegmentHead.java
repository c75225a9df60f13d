package io.melin.journal;

import io.melin.integrity.Crc32c;
import io.melin.journal.JournalException.Finding;
import io.melin.journal.JournalException.HeaderCorrupt;
import io.melin.journal.JournalException.NotAJournal;
import io.melin.journal.JournalException.UnsupportedJournalVersion;
import io.melin.storage.StorageFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The four pages before a segment's entries, as read and judged.
 *
 * @param watermark the newest valid slot
 * @param seal if there is a valid one
 * @param tornSlots watermark slots that are neither zero nor valid, at most one
 * @param isSealTorn whether there are bytes in the seal's page that are no seal
 */
record SegmentHead(
        SegmentHeader header,
        @Nullable WatermarkSlot watermark,
        @Nullable SealRecord seal,
        int tornSlots,
        boolean isSealTorn) {

    private static final String RESTORE =
            "nothing was changed; restore the file from a replica or a backup";

    /**
     * Reads and judges the head of a file.
     *
     * @throws JournalException if it is none, or damaged, or of another version
     */
    static SegmentHead read(StorageFile file, Place place) throws IOException {
        ByteBuffer pages = ByteBuffer.allocate(SegmentHeader.ENTRIES);
        file.readFully(pages, 0);
        pages.flip();
        Crc32c crc = new Crc32c();
        judgeHeader(SegmentHeader.examine(pages, 0, crc), pages, place);
        if (pages.limit() < SegmentHeader.ENTRIES) {
            throw new HeaderCorrupt(
                    place,
                    new Finding(
                            "segment ends within its head",
                            Integer.toString(SegmentHeader.ENTRIES),
                            Integer.toString(pages.limit()),
                            RESTORE));
        }
        if (!SegmentHeader.isZero(pages, SegmentHeader.END, SegmentHeader.PAGE_BYTES)) {
            throw corrupt(place, "bytes behind the segment header are not zero");
        }
        return judgePages(pages, place, crc);
    }

    /** Whether a file holds nothing but zeros, or nothing at all. */
    static boolean isBlank(StorageFile file) throws IOException {
        ZeroScan scan = new ZeroScan(file);
        // A glance at the header spares a pass over a healthy file.
        return scan.lastNonZero(0, Math.min(file.size(), SegmentHeader.END)) < 0
                && scan.lastNonZero(0, file.size()) < 0;
    }

    private static SegmentHead judgePages(ByteBuffer pages, Place place, Crc32c crc) {
        SegmentHeader header = SegmentHeader.read(pages, 0);
        WatermarkSlot newest = null;
        int torn = 0;
        for (int index = 0; index < 2; index++) {
            int at = WatermarkSlot.offset(index);
            switch (WatermarkSlot.examine(pages, at, index, crc)) {
                case BLANK -> {}
                case INVALID -> torn++;
                case OK -> {
                    WatermarkSlot slot = WatermarkSlot.read(pages, at);
                    checkStart(slot, header, place);
                    if (newest == null || slot.generation() > newest.generation()) {
                        newest = slot;
                    }
                }
            }
        }
        if (torn == 2) {
            throw corrupt(place, "both watermark slots are damaged");
        }
        SealRecord.Verdict seal = SealRecord.examine(pages, SegmentHeader.SEAL_PAGE, crc);
        return new SegmentHead(
                header,
                newest,
                seal == SealRecord.Verdict.OK
                        ? SealRecord.read(pages, SegmentHeader.SEAL_PAGE)
                        : null,
                torn,
                seal == SealRecord.Verdict.INVALID);
    }

    private static void checkStart(WatermarkSlot slot, SegmentHeader header, Place place) {
        if (slot.startSequence() != header.startSequence()) {
            throw new HeaderCorrupt(
                    place,
                    new Finding(
                            "watermark of another segment",
                            Long.toString(header.startSequence()),
                            Long.toString(slot.startSequence()),
                            RESTORE));
        }
    }

    private static void judgeHeader(SegmentHeader.Verdict verdict, ByteBuffer pages, Place place) {
        switch (verdict) {
            case OK -> {}
            case BLANK -> throw corrupt(place, "segment header is blank");
            case NOT_A_JOURNAL ->
                    throw new NotAJournal(
                            place,
                            Finding.of(
                                    "file is not a journal of Melin",
                                    "nothing was changed; move the file away, or configure"
                                            + " another directory"));
            case UNSUPPORTED_VERSION ->
                    throw new UnsupportedJournalVersion(
                            place,
                            new Finding(
                                    "unsupported journal format",
                                    Integer.toString(SegmentHeader.VERSION),
                                    Integer.toString(SegmentHeader.version(pages, 0)),
                                    "nothing was changed; start a version of Melin that knows"
                                            + " this format"));
            case UNSUPPORTED_FEATURE ->
                    throw new UnsupportedJournalVersion(
                            place,
                            Finding.of(
                                    "journal uses a feature that this version does not know",
                                    "nothing was changed; start the version of Melin that"
                                            + " wrote it"));
            case CRC_MISMATCH -> throw corrupt(place, "segment header crc mismatch");
            case IMPOSSIBLE -> throw corrupt(place, "segment header makes no sense");
            case TRUNCATED -> throw corrupt(place, "segment ends within its header");
        }
    }

    private static HeaderCorrupt corrupt(Place place, String what) {
        return new HeaderCorrupt(place, Finding.of(what, RESTORE));
    }
}
