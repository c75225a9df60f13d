package io.melin.inspect;

import io.melin.event.EventHeader;
import io.melin.inspect.Inspection.JournalPlace;
import io.melin.inspect.Inspection.Leftover;
import io.melin.inspect.SnapshotState.Fit;
import io.melin.integrity.ChainHash;
import io.melin.journal.JournalException;
import io.melin.journal.JournalLook;
import io.melin.journal.JournalSurvey;
import io.melin.journal.RecoveryForecast;
import io.melin.journal.Replay;
import io.melin.journal.ReplayStart;
import io.melin.journal.SegmentReport;
import io.melin.snapshot.SnapshotException;
import io.melin.snapshot.SnapshotHeader;
import io.melin.snapshot.SnapshotReport;
import io.melin.snapshot.SnapshotSurvey;
import io.melin.storage.StorageDirectory;
import io.melin.storage.StorageFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** One look at a directory: its snapshots, its segments, and what a start makes of both. */
final class OneLook {
    private static final String KEEP =
            "; nothing was changed; move a snapshot that does not belong here away";

    private final JournalLook look;
    private final JournalPlace place;
    private final List<Finding> findings = new ArrayList<>();

    OneLook(JournalLook look, JournalPlace place) {
        this.look = look;
        this.place = place;
    }

    /**
     * @throws NoSuchFileException if a file was deleted meanwhile
     */
    Inspection run() throws IOException {
        SnapshotSurvey snapshots = new SnapshotSurvey(look.directory(), place.journal());
        List<SnapshotReport> reports = snapshots.run();
        RecoveryForecast recovery = recovery(reports);
        JournalSurvey survey = survey(reports);
        for (SegmentReport segment : survey.segments()) {
            segment.damage().forEach(damage -> add(Finding.of(damage, false)));
        }
        List<SnapshotState> states = new ArrayList<>();
        for (SnapshotReport report : reports) {
            states.add(state(report, survey));
        }
        return new Inspection(
                place, survey.segments(), states, leftovers(snapshots), recovery, findings);
    }

    private @Nullable RecoveryForecast recovery(List<SnapshotReport> reports) throws IOException {
        try {
            return look.recover(new Dropping(reports));
        } catch (JournalException e) {
            add(Finding.of(e, true));
        } catch (SnapshotException e) {
            add(Finding.of(e, true));
        } catch (NoSuchFileException e) {
            throw e;
        } catch (IOException e) {
            add(unreadable(e, true));
        }
        return null;
    }

    private JournalSurvey survey(List<SnapshotReport> reports) throws IOException {
        TreeSet<Long> sequences = new TreeSet<>();
        reports.forEach(report -> sequences.add(report.file().sequence()));
        try {
            return look.survey(sequences);
        } catch (JournalException e) {
            add(Finding.of(e, false));
        } catch (NoSuchFileException e) {
            throw e;
        } catch (IOException e) {
            add(unreadable(e, false));
        }
        return new JournalSurvey(List.of(), Map.of());
    }

    private SnapshotState state(SnapshotReport report, JournalSurvey survey) {
        SnapshotException damage = report.damage();
        SnapshotHeader header = report.header();
        if (damage != null) {
            add(Finding.of(damage, false));
        }
        Fit fit = header == null || damage != null ? Fit.UNKNOWN : fit(header, survey);
        String code =
                switch (fit) {
                    case FITS, UNKNOWN -> "";
                    case OTHER_LINEAGE -> "SnapshotLineageMismatch";
                    case OTHER_CHAIN -> "SnapshotChainMismatch";
                    case AHEAD -> "SnapshotAheadOfJournal";
                };
        boolean isRefused =
                findings.stream().anyMatch(known -> known.isRefusal() && known.code().equals(code));
        if (!code.isEmpty() && !isRefused) {
            add(misfit(report, fit, code));
        }
        return new SnapshotState(report, fit);
    }

    private Finding misfit(SnapshotReport report, Fit fit, String code) {
        String path = path(report.file().name());
        long sequence = report.file().sequence();
        String what =
                switch (fit) {
                    case OTHER_LINEAGE -> "snapshot is of another journal";
                    case OTHER_CHAIN -> "journal holds other entries than the snapshot comes from";
                    default -> "journal ends before the snapshot";
                };
        return new Finding(
                code,
                path,
                new Finding.Spot(-1, -1, -1, sequence),
                false,
                what + ": path=" + path + ", sequence=" + sequence + KEEP);
    }

    private static Fit fit(SnapshotHeader header, JournalSurvey survey) {
        SegmentReport.Head newest = null;
        boolean isWhole = true;
        long end = -1;
        for (SegmentReport segment : survey.segments()) {
            newest = segment.head() == null ? newest : segment.head();
            SegmentReport.Content content = segment.content();
            isWhole &= content != null || segment.role() == SegmentReport.Role.BLANK;
            end = content == null ? end : content.end().sequence();
        }
        if (newest == null) {
            return Fit.UNKNOWN;
        }
        if (!header.lineage().equals(newest.lineage())) {
            return Fit.OTHER_LINEAGE;
        }
        ChainHash chain = survey.chains().get(header.sequence());
        if (chain != null) {
            return chain.equals(header.chain()) ? Fit.FITS : Fit.OTHER_CHAIN;
        }
        return isWhole && header.sequence() > end ? Fit.AHEAD : Fit.UNKNOWN;
    }

    private List<Leftover> leftovers(SnapshotSurvey snapshots) throws IOException {
        List<Leftover> leftovers = new ArrayList<>();
        for (String name : look.staged()) {
            leftovers.add(leftover(name, Leftover.Kind.STAGED));
        }
        for (String name : snapshots.temporaries()) {
            leftovers.add(leftover(name, Leftover.Kind.TEMPORARY_SNAPSHOT));
        }
        return leftovers;
    }

    /** A node that runs deletes and renames these all the time. */
    private Leftover leftover(String name, Leftover.Kind kind) {
        try (StorageFile file = look.directory().openRead(name)) {
            return new Leftover(name, kind, file.size());
        } catch (IOException e) {
            return new Leftover(name, kind, -1);
        }
    }

    private void add(Finding finding) {
        if (findings.stream().noneMatch(known -> isKnown(known, finding))) {
            findings.add(finding);
        }
    }

    /** What a start refuses is met again when everything is read. */
    private static boolean isKnown(Finding known, Finding finding) {
        return known.isSame(finding) && known.path().equals(finding.path());
    }

    private Finding unreadable(IOException cause, boolean isRefusal) {
        return new Finding(
                "JournalIoFailure",
                place.directory(),
                new Finding.Spot(-1, -1, -1, -1),
                isRefusal,
                "journal cannot be read, " + cause + ": path=" + place.directory());
    }

    private String path(String name) {
        return place.directory() + "/" + name;
    }

    /** Begins where a node begins, and drops what it is given. */
    private record Dropping(List<SnapshotReport> reports) implements Replay {

        @Override
        public ReplayStart begin(StorageDirectory directory) {
            int damaged = 0;
            for (SnapshotReport report : reports) {
                SnapshotException damage = report.damage();
                SnapshotHeader header = report.header();
                if (damage == null && header != null) {
                    return new ReplayStart.After(
                            header.lineage(),
                            header.sequence(),
                            header.epoch(),
                            header.timeNs(),
                            header.chain());
                }
                if (damage != null && !damage.isDamage()) {
                    throw damage;
                }
                damaged++;
            }
            return damaged == 0 ? ReplayStart.Beginning.INSTANCE : new ReplayStart.Damaged(damaged);
        }

        @Override
        public void onEntry(EventHeader header, ByteBuffer payload, int codecVersion) {}
    }
}
