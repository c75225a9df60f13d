package io.melin.journal;

import io.melin.journal.LiveRecovery.Verified;
import io.melin.storage.StorageFile;
import io.melin.time.TimeSource;
import java.io.IOException;

/**
 * Makes a verified live segment ready to be appended to. The order, and what a crash leaves:
 *
 * <ol>
 *   <li>Zero the torn tail, add zeros ahead, sync: the tail again, or less of it. The sync also
 *       covers entries that were replayed from the page cache and never synced by their writer.
 *       Where there are neither, the zeros only begin their way to the device: a start need not
 *       wait for them, as the sync of the first entries covers them too.
 *   <li>A watermark over all of that, sync: the older one. A damaged slot is overwritten so.
 *   <li>Clear the seal of a rotation that did not happen, sync: the seal again, or half of it.
 * </ol>
 */
final class SegmentRepair {
    private final StorageFile file;
    private final Verified live;
    private final TimeSource time;

    SegmentRepair(StorageFile file, Verified live, TimeSource time) {
        this.file = file;
        this.live = live;
        this.time = time;
    }

    SegmentSpace run(JournalConfig config) throws IOException {
        SegmentTip tip = live.tip();
        SegmentBytes.zero(file, tip.end(), live.dirtyEnd());
        ZeroAhead zeros = new ZeroAhead(file, file.size(), config);
        long zeroedFrom = file.size();
        zeros.fill(tip.end());
        SegmentSpace space = new SegmentSpace(file, zeros, watermarks(), new DiskCounters());
        if (live.isBlank()) {
            space.beginForce(zeroedFrom, file.size());
        } else {
            space.force(time);
        }
        // Both slots, if one is damaged: it may be either.
        if (live.head().tornSlots() > 0) {
            space.writeWatermark(tip, time);
            space.writeWatermark(tip, time);
        }
        space.writeFinalWatermark(tip, time);
        if (live.head().seal() != null || live.head().isSealTorn()) {
            space.clearSeal(time);
        }
        return space;
    }

    private Watermarks watermarks() {
        WatermarkSlot slot = live.head().watermark();
        return slot == null
                ? new Watermarks(file, 0, SegmentHeader.ENTRIES, time.tickerNs())
                : new Watermarks(file, slot.generation(), slot.durableEnd(), time.tickerNs());
    }
}
