package io.melin.test;

import io.melin.app.EventId;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;

/**
 * Bugs on purpose, planted through ports and twins of a test and never in the product, that a suite
 * has to find within some seeds; docs/planted-bugs.md lists them.
 */
enum PlantedBug {
    SYNC_SKIPPED(
            "no file is ever synced",
            PlantedSuite.NODE,
            20,
            sound -> sound.withStorage(disk -> SpoiledFiles.noSync(disk, ""))),
    TENTH_SYNC_SKIPPED(
            "every tenth sync of a file is left out",
            PlantedSuite.NODE,
            100,
            sound -> sound.withStorage(disk -> SpoiledFiles.syncLeftOut(disk, 10))),
    SYNC_BEFORE_WRITE(
            "answers leave after a sync that began before the write",
            PlantedSuite.NODE,
            20,
            sound -> sound.withStorage(SpoiledFiles::syncBeforeWrite)),
    WRITE_LOST(
            "every seventh write is reported and not made",
            PlantedSuite.ROTATION,
            50,
            sound -> sound.withStorage(disk -> SpoiledFiles.writeCutShort(disk, 7, 0))),
    WRITE_CUT_SHORT(
            "of every seventh write the second half is missing",
            PlantedSuite.ROTATION,
            50,
            sound -> sound.withStorage(disk -> SpoiledFiles.writeCutShort(disk, 7, 50))),
    WRITE_MISPLACED(
            "every seventh write goes to the sector behind its own",
            PlantedSuite.NODE,
            50,
            sound -> sound.withStorage(disk -> SpoiledFiles.writeMisplaced(disk, 7))),
    FAILED_SYNC_RETRIED(
            "a sync that failed is tried once more, and the success of that believed",
            PlantedSuite.DISK_FAULT,
            40,
            sound -> sound.withStorage(disk -> SpoiledFiles.syncFailureIgnored(disk, 1))),
    FAILED_SYNC_IGNORED(
            "a sync that failed is reported as one that did not",
            PlantedSuite.DISK_FAULT,
            40,
            sound -> sound.withStorage(disk -> SpoiledFiles.syncFailureIgnored(disk, 0))),
    DIRECTORY_SYNC_SKIPPED(
            "names are never made durable",
            PlantedSuite.ROTATION,
            50,
            sound -> sound.withStorage(SpoiledDirectories::noSync)),
    ARCHIVE_NOT_RENAMED(
            "a full segment does not get the name of its archive before the next takes its own",
            PlantedSuite.ROTATION,
            20,
            sound -> sound.withStorage(SpoiledDirectories::archiveNotRenamed)),
    ARCHIVE_CUT(
            "an archive loses its second half",
            PlantedSuite.ROTATION,
            20,
            sound -> sound.withStorage(SpoiledDirectories::archiveCut)),
    LIVE_CUT_AT_OPEN(
            "the live segment is cut in the middle when it is opened",
            PlantedSuite.ROTATION,
            20,
            sound -> sound.withStorage(SpoiledDirectories::liveCutAtOpen)),
    ARCHIVES_DELETED(
            "a new archive takes the place of the one before it, snapshots or not",
            PlantedSuite.ROTATION,
            20,
            sound -> sound.withStorage(SpoiledDirectories::onlyLastArchiveKept)),
    ARCHIVE_NOT_SEEN(
            "a start does not see the newest archive",
            PlantedSuite.ROTATION,
            20,
            sound -> sound.withStorage(SpoiledDirectories::newestArchiveHidden)),
    SNAPSHOT_NOT_SYNCED(
            "a snapshot gets its name before its bytes are synced",
            PlantedSuite.SNAPSHOT,
            20,
            sound -> sound.withStorage(disk -> SpoiledFiles.noSync(disk, ".snap."))),
    SNAPSHOT_IN_PLACE(
            "a snapshot is written under its own name from the beginning",
            PlantedSuite.SNAPSHOT,
            20,
            sound -> sound.withStorage(SpoiledDirectories::snapshotInPlace)),
    SNAPSHOT_PRUNED_FIRST(
            "the oldest snapshot goes before the new one is there",
            PlantedSuite.SNAPSHOT,
            20,
            sound -> sound.withStorage(SpoiledDirectories::snapshotPrunedFirst)),
    SNAPSHOT_INCOMPLETE(
            "a snapshot leaves out what was applied last",
            PlantedSuite.NODE,
            50,
            sound -> sound.withProgram(SpoiledLedgers::snapshotWithoutTheLast)),
    CLOCK_NOT_RESTORED(
            "a restored application has forgotten when it ticked last",
            PlantedSuite.REPLAY,
            20,
            sound -> sound.withProgram(SpoiledLedgers::clockNotRestored)),
    WALL_CLOCK(
            "the application asks the machine for the time",
            PlantedSuite.REPLAY,
            5,
            sound -> sound.withProgram(SpoiledLedgers::wallClock)),
    TWINS_SHARE(
            "the application and its twins, the shadow's one among them, share a counter",
            PlantedSuite.REPLAY,
            5,
            sound -> sound.withProgram(SpoiledLedgers::sharedCount)),
    CODEC_NARROW(
            "the codec of events gives back five bits of a number",
            PlantedSuite.NODE,
            50,
            sound -> sound.withProgram(SpoiledLedgers::narrowCodec)),
    IDS_NOT_KEPT(
            "a repeat comes with another id than the first try",
            PlantedSuite.NODE,
            20,
            sound -> {
                AtomicLong made = new AtomicLong();
                return sound.withIds(value -> EventId.of(9, made.incrementAndGet()));
            });

    private final String what;
    private final PlantedSuite suite;
    private final int seeds;
    private final UnaryOperator<Machine> plant;

    PlantedBug(String what, PlantedSuite suite, int seeds, UnaryOperator<Machine> plant) {
        this.what = what;
        this.suite = suite;
        this.seeds = seeds;
        this.plant = plant;
    }

    PlantedSuite suite() {
        return suite;
    }

    /** Within which it has to be found. */
    int seeds() {
        return seeds;
    }

    /** Another one for each seed, since some count. */
    Machine machine() {
        return plant.apply(Machine.SOUND);
    }

    /** Its row of the page. */
    String row() {
        String name = name().toLowerCase(Locale.ROOT).replace('_', '-');
        return "| `" + name + "` | " + what + " | `" + suite.test() + "` | " + seeds + " |";
    }
}
