package io.melin.test;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * One file: what readers see, what is on the medium, and the changes between the two.
 *
 * <p>D1: a byte is on the medium for certain only after a {@link #force} that returned. D2: of what
 * is younger, each block is there in any of its versions, whatever its neighbours are.
 */
final class Inode {
    private final long id;
    private final Pages visible;
    private final Pages durable;
    private final List<Change> unsynced = new ArrayList<>();

    /** A write; or, without bytes, a cut to {@code sizeAfter}. */
    private record Change(long offset, byte[] bytes, long sizeAfter) {
        boolean isCut() {
            return bytes.length == 0;
        }

        long end() {
            return offset + bytes.length;
        }
    }

    Inode(long id, Pages content) {
        this.id = id;
        this.visible = content.copy();
        this.durable = content.copy();
    }

    Pages visible() {
        return visible;
    }

    Pages durable() {
        return durable;
    }

    void write(ByteBuffer source, int length, long offset) {
        byte[] bytes = new byte[length];
        source.get(bytes);
        visible.write(bytes, 0, length, offset);
        if (length > 0) {
            unsynced.add(new Change(offset, bytes, visible.size()));
        }
    }

    /** Shrinks only, as a channel does. */
    void truncate(long size) {
        if (size < visible.size()) {
            visible.setSize(size);
            unsynced.add(new Change(size, new byte[0], size));
        }
    }

    void force() {
        for (Change change : unsynced) {
            int first = (int) (change.offset / Pages.PAGE_BYTES);
            int end =
                    change.isCut()
                            ? Integer.MAX_VALUE
                            : (int) ((change.end() - 1) / Pages.PAGE_BYTES) + 1;
            durable.shareFrom(visible, first, end);
        }
        unsynced.clear();
    }

    /**
     * A sync that failed, as Linux does it: some blocks made it, the others are marked clean, so
     * that readers still see them and the next sync has nothing to do and succeeds.
     */
    void failForce(CrashPlan plan) {
        Pages outcome = afterCrash(plan);
        durable.shareFrom(outcome, 0, Integer.MAX_VALUE);
        unsynced.clear();
    }

    /** The bytes that are found after a power cut now. */
    Pages afterCrash(CrashPlan plan) {
        Pages image = durable.copy();
        if (unsynced.isEmpty() || plan.writes() == CrashPlan.Writes.LOST) {
            return image;
        }
        SplittableRandom dice = plan.dice(id);
        int count = unsynced.size();
        int torn =
                switch (plan.writes()) {
                    case KEPT -> count;
                    case ORDERED -> dice.nextInt(count + 1);
                    default -> -1;
                };
        int sizes = sizesKept(plan, torn, dice);
        Map<Long, Integer> kept = torn == count ? Map.of() : blocksKept(plan, torn, dice);
        for (int index = 0; index < count; index++) {
            Change change = unsynced.get(index);
            if (!change.isCut()) {
                apply(change, index, image, plan.blockBytes(), kept);
            } else if (index < sizes && change.sizeAfter < image.size()) {
                image.setSize(change.sizeAfter);
            }
        }
        image.setSize(sizes == 0 ? durable.size() : unsynced.get(sizes - 1).sizeAfter);
        return image;
    }

    /** Sizes are kept in the file system's log, hence up to some change and none after it. */
    private int sizesKept(CrashPlan plan, int torn, SplittableRandom dice) {
        int count = unsynced.size();
        if (plan.writes() == CrashPlan.Writes.ANY) {
            return dice.nextBoolean() ? count : dice.nextInt(count + 1);
        }
        return Math.min(count, torn + (dice.nextBoolean() ? 1 : 0));
    }

    /** Last change that each block took; blocks that are absent took every one. */
    private Map<Long, Integer> blocksKept(CrashPlan plan, int torn, SplittableRandom dice) {
        TreeMap<Long, List<Integer>> versions = new TreeMap<>();
        for (int index = 0; index < unsynced.size(); index++) {
            Change change = unsynced.get(index);
            if (!change.isCut()) {
                long last = (change.end() - 1) / plan.blockBytes();
                for (long block = change.offset / plan.blockBytes(); block <= last; block++) {
                    versions.computeIfAbsent(block, b -> new ArrayList<>()).add(index);
                }
            }
        }
        Map<Long, Integer> kept = new HashMap<>();
        versions.forEach((block, changes) ->
                kept.put(
                        block,
                        torn >= 0
                                ? (dice.nextInt(100) < plan.keepPercent() ? torn : torn - 1)
                                : lastKept(changes, plan.keepPercent(), dice)));
        return kept;
    }

    private static int lastKept(List<Integer> changes, int keepPercent, SplittableRandom dice) {
        if (dice.nextInt(100) < keepPercent) {
            return changes.get(changes.size() - 1);
        }
        int version = dice.nextInt(changes.size());
        return version == 0 ? -1 : changes.get(version - 1);
    }

    private static void apply(
            Change change, int index, Pages image, int blockBytes, Map<Long, Integer> kept) {
        long at = change.offset;
        while (at < change.end()) {
            long block = at / blockBytes;
            long end = Math.min(change.end(), (block + 1) * blockBytes);
            if (index <= kept.getOrDefault(block, Integer.MAX_VALUE)) {
                image.write(change.bytes, (int) (at - change.offset), (int) (end - at), at);
            }
            at = end;
        }
    }
}
