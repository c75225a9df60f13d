package io.melin.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.melin.inspect.Finding;
import io.melin.inspect.Inspection;
import io.melin.inspect.Inspector;
import io.melin.journal.JournalConfig;
import io.melin.journal.JournalException;
import io.melin.journal.RecoveryForecast;
import io.melin.journal.RecoveryReport;
import io.melin.journaled.JournaledApplication;
import io.melin.snapshot.SnapshotException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * I1 and I2 of {@link Inspector}: over what crashes and damage leave, a look says what a start says,
 * and more only of what a start does not read. A disk that changed under a look would show: R1 and R2
 * of RecoveryRead, S1 and S2 of SegmentSurvey, L1 and L2 of JournalLook.
 */
@ExtendWith(QuietNodes.class)
class InspectionAgreementTest {
    private static final int SEEDS = 80;
    private static final int IMAGES = 12;
    private static final Set<String> LINKS =
            Set.of("SegmentChainBreak", "ForeignSegment", "MissingSegment");

    private final TreeMap<String, Integer> seen = new TreeMap<>();

    @Test
    void saysWhatAStartSays() {
        Seeds.each(getClass(), SEEDS, this::saysWhatAStartSays);

        System.out.println("InspectionAgreementTest: " + seen);
        if (!Seeds.isSingle()) {
            assertThat(seen.keySet())
                    .contains(
                            "sound",
                            "sound, torn tail",
                            "not read by a start",
                            "DurableRegionDamaged",
                            "EntryCorrupt",
                            "HeaderCorrupt",
                            "MissingSegment",
                            "SegmentChainBreak",
                            "SegmentTruncated",
                            "SnapshotAheadOfJournal",
                            "SnapshotChainMismatch",
                            "SnapshotLineageMismatch");
        }
    }

    private void saysWhatAStartSays(long seed) {
        Random random = new Random(seed);
        long otherEntropy = seed % 2 == 0 ? seed : ~seed;
        DiskImage other = history(new SimulatedDisk(~seed), otherEntropy, new Random(~seed), 150);
        SimulatedDisk disk = new SimulatedDisk(seed);
        DiskImage whole = history(disk, seed, random, 40 + random.nextInt(200));
        compare(whole, "nothing was damaged");
        for (int i = 0; i < IMAGES; i++) {
            DiskImage image = disk.crashImage(CrashPlan.random(random.nextLong()));
            compare(image, "image " + i);
            for (int mutations = 1 + random.nextInt(2); mutations > 0; mutations--) {
                image = mutate(image, other, random);
            }
            compare(image, "damaged image " + i);
        }
    }

    /** I2: from any call on, nothing can be read any more. */
    @Test
    void aDiskThatCannotBeReadIsAFinding() {
        DiskImage image = history(new SimulatedDisk(3), 3, new Random(3), 150);
        int sound = 0;
        int failed = 0;
        for (int number = 1; sound == 0; number++) {
            SimulatedDisk disk = disk(image);
            disk.failFrom(DiskCall.Kind.READ, number, Fault.eio());
            Inspection found = inspect(disk);
            failed += found.isSound() ? 0 : 1;
            sound += found.isSound() ? 1 : 0;
            assertThat(found.findings())
                    .allMatch(finding -> finding.message().contains("cannot be read"));
        }
        assertThat(failed).isGreaterThan(20);
    }

    private static DiskImage history(SimulatedDisk disk, long entropy, Random random, int steps) {
        AuditedHistory history = new AuditedHistory(disk, entropy, random);
        disk.failAtChange(20 + random.nextInt(900), Fault.powerCut());
        try {
            history.play(steps);
        } catch (PowerCut e) {
            // The images are those of a cut then.
        }
        return disk.image();
    }

    private void compare(DiskImage image, String what) {
        SimulatedDisk looked = disk(image);
        Inspection inspection = inspect(looked);
        assertThat(looked.image().differences(image)).as(what).isEmpty(); // I1
        assertThat(looked.locks()).isEmpty();

        SimulatedDisk started = disk(image);
        started.record(true);
        RuntimeException refusal = null;
        try (JournaledApplication<Long, Long> journal = AuditedHistory.open(started, 1)) {
            started.record(false);
            compare(inspection, journal.journal().report(), what);
        } catch (JournalException | SnapshotException e) {
            refusal = e;
        }
        String code = refusal == null ? null : refusal.getClass().getSimpleName();
        assertThat(refusalOf(inspection)).as(what + ", refusal=" + refusal).isEqualTo(code); // I2
        if (code != null) {
            assertThat(inspection.isSound()).as(what).isFalse();
            count(code);
            return;
        }
        checkNotRead(inspection, started, what);
    }

    private static SimulatedDisk disk(DiskImage image) {
        SimulatedDisk disk = new SimulatedDisk(0);
        disk.restore(image);
        return disk;
    }

    static Inspection inspect(SimulatedDisk disk) {
        JournalConfig config = AuditedHistory.config();
        try {
            return new Inspector(
                            new Inspector.Config(
                                    config.directory(), config.name(), config.unsyncedBytesMax()),
                            disk)
                    .run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static @Nullable String refusalOf(Inspection inspection) {
        List<Finding> refusals = inspection.findings().stream().filter(Finding::isRefusal).toList();
        assertThat(refusals).hasSizeLessThan(2);
        assertThat(inspection.recovery() == null).isEqualTo(!refusals.isEmpty());
        return refusals.isEmpty() ? null : refusals.get(0).code();
    }

    private void compare(Inspection inspection, RecoveryReport report, String what) {
        RecoveryForecast forecast =
                Objects.requireNonNull(inspection.recovery(), inspection.findings().toString());
        assertThat(forecast.end()).as(what).isEqualTo(report.end());
        assertThat(forecast.replayed()).as(what).isEqualTo(report.replayed());
        assertThat(forecast.tail()).as(what).isEqualTo(report.tail());
        assertThat(forecast.epoch()).isEqualTo(report.epoch());
        assertThat(forecast.lastTimeNs()).isEqualTo(report.lastTimeNs());
        assertThat(forecast.isCreated()).isEqualTo(report.isCreated());
        if (inspection.isSound()) {
            count(report.tail().droppedBytes() > 0 ? "sound, torn tail" : "sound");
        }
    }

    /** A start went well: what was found all the same lies where it did not look. */
    private void checkNotRead(Inspection inspection, SimulatedDisk started, String what) {
        Set<String> opened =
                started.calls().stream()
                        .filter(call -> call.kind() == DiskCall.Kind.OPEN)
                        .map(DiskCall::file)
                        .filter(name -> !name.contains(".snap."))
                        .collect(Collectors.toCollection(TreeSet::new));
        for (Finding finding : inspection.findings()) {
            String name = finding.path().replaceFirst(".*/", "");
            boolean isLink = LINKS.contains(finding.code());
            assertThat(isLink || !opened.contains(name))
                    .as(what + ", opened=" + opened + ", finding=" + finding)
                    .isTrue();
            count("not read by a start");
        }
    }

    private static DiskImage mutate(DiskImage image, DiskImage other, Random random) {
        List<Path> files =
                image.files().stream().filter(file -> !file.toString().endsWith(".lock")).toList();
        if (files.isEmpty()) {
            return image;
        }
        Path file = files.get(random.nextInt(files.size()));
        int size = (int) image.size(file);
        // Mostly where there are bytes, not in the zeros behind them.
        int bound = random.nextInt(3) == 0 ? size : Math.min(size, 20_500);
        int at = bound == 0 ? 0 : random.nextInt(bound);
        int end = Math.min(size, at + 1 + random.nextInt(3_000));
        switch (random.nextInt(size == 0 ? 1 : 7)) {
            case 0 -> {
                return image.remove(file);
            }
            case 1 -> {
                return image.truncate(file, at);
            }
            case 2 -> {
                return image.zero(file, at, end);
            }
            case 3 -> {
                byte[] noise = new byte[end - at];
                random.nextBytes(noise);
                return image.write(file, at, noise);
            }
            case 4 -> {
                Path foreign = other.files().get(random.nextInt(other.files().size()));
                boolean isLock = foreign.toString().endsWith(".lock");
                return isLock ? image : image.put(foreign, other.bytes(foreign));
            }
            case 5 -> {
                return image.put(file, image.bytes(files.get(random.nextInt(files.size()))));
            }
            default -> {
                return image.flipBit(file, at, random.nextInt(8));
            }
        }
    }

    private void count(String what) {
        seen.merge(what, 1, Integer::sum);
    }
}
