package io.melin.test;

import java.util.SplittableRandom;

/**
 * What a power cut makes of everything that was not synced.
 *
 * @param seed decides what the other values leave open
 * @param writes what becomes of bytes and sizes
 * @param names what becomes of creations, renames and deletions
 * @param blockBytes what the medium writes in one piece: 512 or 4096, or less to be cruel
 * @param keepPercent how likely a block reached the medium in its last version
 */
public record CrashPlan(long seed, Writes writes, Names names, int blockBytes, int keepPercent) {

    /** What becomes of unsynced bytes and sizes. */
    public enum Writes {
        /** Every file is as its last {@code force} left it. */
        LOST,
        /** All of them reached the medium. */
        KEPT,
        /** In the order of the calls, up to one that is torn. */
        ORDERED,
        /** Any block in any of its versions, in any order; sizes as of some moment since. */
        ANY
    }

    /** What becomes of unsynced creations, renames and deletions. */
    public enum Names {
        /** The directory is as its last {@code sync} left it. */
        LOST,
        KEPT,
        /** In the order of the calls up to some moment, as file systems with a log do it. */
        ORDERED,
        /** Each kept or lost by itself, as POSIX permits. */
        ANY
    }

    public CrashPlan {
        if (blockBytes < 1 || Pages.PAGE_BYTES % blockBytes != 0) {
            throw new IllegalArgumentException(
                    "blocks must fill a page of 4096: blockBytes=" + blockBytes);
        }
        if (keepPercent < 0 || keepPercent > 100) {
            throw new IllegalArgumentException("not a percentage: keepPercent=" + keepPercent);
        }
    }

    /** Nothing that was not synced survives. */
    public static CrashPlan losingAll() {
        return new CrashPlan(0, Writes.LOST, Names.LOST, 512, 0);
    }

    /** Everything survives, synced or not. */
    public static CrashPlan keepingAll() {
        return new CrashPlan(0, Writes.KEPT, Names.KEPT, 512, 100);
    }

    /** A plan drawn from all kinds but {@link Names#ANY}, which no common file system shows. */
    public static CrashPlan random(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int kind = random.nextInt(10);
        Writes writes =
                kind == 0
                        ? Writes.LOST
                        : kind == 1 ? Writes.KEPT : kind <= 3 ? Writes.ORDERED : Writes.ANY;
        Names[] names = {Names.LOST, Names.KEPT, Names.ORDERED, Names.ORDERED};
        int[] keepPercents = {5, 25, 50, 75, 95};
        return new CrashPlan(
                random.nextLong(),
                writes,
                names[random.nextInt(names.length)],
                random.nextBoolean() ? 512 : 4096,
                keepPercents[random.nextInt(keepPercents.length)]);
    }

    public CrashPlan withNames(Names other) {
        return new CrashPlan(seed, writes, other, blockBytes, keepPercent);
    }

    public CrashPlan withBlockBytes(int other) {
        return new CrashPlan(seed, writes, names, other, keepPercent);
    }

    /** The same dice for the same plan and object, whatever else is on the disk. */
    SplittableRandom dice(long object) {
        return new SplittableRandom(seed ^ (object * 0x9E3779B97F4A7C15L));
    }
}
