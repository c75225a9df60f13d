package io.melin.journal;

import io.melin.integrity.ChainHash;
import io.melin.journal.LiveRecovery.Verified;
import io.melin.storage.StorageDirectory;
import io.melin.storage.StorageFile;
import java.io.IOException;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Lets {@link RecoveryRead} find out what a directory holds and replay it, and only then makes it
 * ready to be appended to.
 *
 * <p>Y1: nothing is written before everything is verified and replayed. Y2: whether there is a
 * journal is decided by any segment, live or archive, never by the live file alone. Y3: before
 * anything is served, all that was replayed, and its names, are synced. Y4: no entry is appended to
 * a segment that another version of codec or application began.
 */
final class Recovery {
    private final JournalConfig config;
    private final JournalPorts ports;
    private final StorageDirectory directory;
    private final SegmentNames names;

    Recovery(JournalConfig config, JournalPorts ports, StorageDirectory directory) {
        this.config = config;
        this.ports = ports;
        this.directory = directory;
        this.names = new SegmentNames(config.name());
    }

    /** What {@link #run} leaves behind: a live segment that may be appended to. */
    record Result(
            LiveSegment live, History history, DiskCounters counters, RecoveryReport report) {}

    Result run(Replay replay) throws IOException {
        long startedNs = ports.time().tickerNs();
        RecoveryRead read = new RecoveryRead(RecoveryRead.Rules.of(config), directory);
        Verified live = read.run(replay);
        RecoveryForecast forecast = read.forecast(live);
        if (live == null) {
            live = Verified.created(createLive(read), read.history());
        } else if (live.isEmpty() && !config.versions().isOf(live.head().header())) {
            renew(live.head().header());
            live = read.replayLive(names.live(), replay);
        }
        SegmentSpace space = prepare(live, read.unnamed());
        return new Result(
                new LiveSegment(live.head().header(), space, live.tip(), live.chain()),
                new History(read.history()),
                space.counters(),
                report(forecast, live, startedNs));
    }

    /** No live segment: the first one, or the one that an interrupted rotation did not name. */
    private SegmentHeader createLive(RecoveryRead read) throws IOException {
        SegmentLink before = read.previous();
        SegmentHeader header =
                before == null
                        ? genesis(read.history(), ports.entropy())
                        : successor(read.history(), before);
        SegmentCreation.create(directory, names, header, config);
        return header;
    }

    /** Y4: one without entries is replaced; one with entries is for the caller to rotate. */
    private void renew(SegmentHeader old) throws IOException {
        SegmentHeader header =
                new SegmentHeader(
                        config.codecVersion(),
                        config.applicationVersion(),
                        old.lineage(),
                        old.segment(),
                        old.startSequence(),
                        old.epoch(),
                        old.timeNs(),
                        old.anchor());
        SegmentCreation.create(directory, names, header, config);
    }

    private SegmentHeader genesis(History history, RandomGenerator entropy) {
        byte[] anchor = new byte[ChainHash.BYTES];
        entropy.nextBytes(anchor);
        UUID lineage = new UUID(entropy.nextLong(), entropy.nextLong());
        return header(history, lineage, 1, ChainHash.of(anchor));
    }

    private SegmentHeader successor(History history, SegmentLink before) {
        SegmentHeader last = before.header();
        return header(history, last.lineage(), last.segment() + 1, before.tail());
    }

    private SegmentHeader header(History history, UUID lineage, long segment, ChainHash anchor) {
        return new SegmentHeader(
                config.codecVersion(),
                config.applicationVersion(),
                lineage,
                segment,
                history.sequence() + 1,
                history.epoch(),
                history.timeNs(),
                anchor);
    }

    /** Y1: from here on files change. */
    private SegmentSpace prepare(Verified live, @Nullable Unnamed unnamed) throws IOException {
        if (unnamed != null) {
            finishRotation(unnamed);
        }
        for (String name : names.unnamed(directory.list())) {
            directory.delete(name);
        }
        directory.sync(); // Y3
        StorageFile file = directory.openWrite(names.live());
        boolean isReady = false;
        try {
            SegmentSpace space = new SegmentRepair(file, live, ports.time()).run(config);
            isReady = true;
            return space;
        } finally {
            if (!isReady) {
                file.close();
            }
        }
    }

    /** In the order of a rotation, so that a crash leaves what a crash of a rotation leaves. */
    private void finishRotation(Unnamed unnamed) throws IOException {
        boolean isBeforeLive =
                directory.exists(names.live()) && !RecoveryRead.isBlank(directory, names.live());
        if (isBeforeLive) {
            directory.rename(names.live(), names.archive(unnamed.header().segment() - 1));
        }
        directory.rename(unnamed.name(), names.live());
    }

    private RecoveryReport report(RecoveryForecast forecast, Verified live, long startedNs) {
        return new RecoveryReport(
                forecast.isCreated(),
                live.lineage(),
                new DurableProgress(live.tip().sequence(), live.tip().segment(), live.tip().end()),
                forecast.lastTimeNs(),
                forecast.epoch(),
                forecast.replayed(),
                forecast.tail(),
                ports.time().tickerNs() - startedNs);
    }
}
