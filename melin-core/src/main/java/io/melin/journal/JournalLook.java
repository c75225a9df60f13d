package io.melin.journal;

import io.melin.journal.LiveRecovery.Verified;
import io.melin.journal.RecoveryReport.Tail;
import io.melin.storage.StorageDirectory;
import io.melin.storage.StorageFile;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.function.BooleanSupplier;

/**
 * A journal's files at one moment, looked at without its lock, while a node may go on in them:
 * append, rotate, save snapshots, delete old files.
 *
 * <p>L1: nothing is created, changed or locked. L2: what a start would refuse, a look refuses, with
 * the same classes and the same words. A file that a node deletes meanwhile ends a look with a
 * {@link java.nio.file.NoSuchFileException}: look again.
 *
 * <p>Threading: one.
 */
public final class JournalLook implements Closeable {
    private final RecoveryRead.Rules rules;
    private final PinnedDirectory directory;

    private JournalLook(RecoveryRead.Rules rules, PinnedDirectory directory) {
        this.rules = rules;
        this.directory = directory;
    }

    /**
     * For a reader that applies entries, so that their versions count.
     *
     * @param directory stays the caller's to close, after this look
     * @throws IOException if it cannot be read
     */
    public static JournalLook open(StorageDirectory directory, JournalConfig config)
            throws IOException {
        RecoveryRead.Rules rules = RecoveryRead.Rules.of(config);
        return new JournalLook(rules, PinnedDirectory.pin(directory, rules.names()));
    }

    /**
     * For a reader that takes entries of any version.
     *
     * @param directory stays the caller's to close, after this look
     * @param journal name of the live segment
     * @param unsyncedBytesMax how far a crash can tear, see {@link JournalConfig}
     * @throws IOException if it cannot be read
     */
    public static JournalLook open(
            StorageDirectory directory, String journal, long unsyncedBytesMax) throws IOException {
        RecoveryRead.Rules rules =
                new RecoveryRead.Rules(new SegmentNames(journal), unsyncedBytesMax, null);
        return new JournalLook(rules, PinnedDirectory.pin(directory, rules.names()));
    }

    /** The files of this moment, to read only. */
    public StorageDirectory directory() {
        return directory;
    }

    /**
     * Whether there is a segment, live or archive.
     *
     * @throws JournalException if it cannot be told
     */
    public boolean hasSegments() {
        return directory.exists(rules.names().live())
                || !rules.names().archives(directory.list(), directory.path()).isEmpty();
    }

    /** Names of the files that a rotation prepares, of those that are there. */
    public List<String> staged() {
        return rules.names().unnamed(directory.list());
    }

    /**
     * Reads every segment, also those that no start needs.
     *
     * @param sequences at which the chain is of interest
     * @throws JournalException if it cannot be told which segments there are
     * @throws IOException if a file is gone
     */
    public JournalSurvey survey(NavigableSet<Long> sequences) throws IOException {
        return new SegmentSurvey(rules, directory, sequences).run();
    }

    /**
     * Does all that a start does, but for the writing.
     *
     * @param replay says where to begin, and gets every entry behind that
     * @throws JournalException if a start would refuse
     * @throws IOException if a file is gone, or cannot be read
     */
    public RecoveryForecast recover(Replay replay) throws IOException {
        RecoveryRead read = new RecoveryRead(rules, directory);
        Verified live = read.run(replay);
        RecoveryForecast forecast = read.forecast(live);
        return live != null && isAppended(forecast) ? whileAppended(forecast) : forecast;
    }

    /**
     * Replays as a start does, but not necessarily to the end.
     *
     * @param replay says where to begin, and gets every entry behind that
     * @param isEnough asked behind each archive: whether no later segment is wanted
     * @throws JournalException if the journal is damaged in what was read
     * @throws IOException if a file is gone, or cannot be read
     */
    public void replay(Replay replay, BooleanSupplier isEnough) throws IOException {
        new RecoveryRead(rules, directory).runUntil(replay, isEnough);
    }

    /** Whether the entry that was not there when the live segment was read is there now. */
    private boolean isAppended(RecoveryForecast forecast) throws IOException {
        if (forecast.tail().droppedBytes() == 0 || !directory.exists(rules.names().live())) {
            return false;
        }
        try (StorageFile live = directory.openRead(rules.names().live())) {
            JournalReader reader = new JournalReader(live, SegmentHeader.PAGE_BYTES);
            reader.range(forecast.end().offset(), live.size());
            return reader.next() == EntryVerdict.OK
                    && reader.header().sequence() == forecast.end().sequence() + 1;
        }
    }

    /** What lay behind the last entry was the next one, half written. */
    private static RecoveryForecast whileAppended(RecoveryForecast forecast) {
        List<String> notes = new ArrayList<>(forecast.tail().notes());
        notes.add("a node appends: what is behind the last entry was not looked at");
        return new RecoveryForecast(
                forecast.isCreated(),
                forecast.replayed(),
                forecast.end(),
                forecast.lastTimeNs(),
                forecast.epoch(),
                new Tail(forecast.tail().watermark(), 0, false, notes));
    }

    @Override
    public void close() throws IOException {
        directory.close();
    }
}
