package io.melin.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.melin.event.EventHeader;
import io.melin.event.EventKind;
import io.melin.event.IdScheme;
import io.melin.journal.DurableProgress;
import io.melin.journal.Journal;
import io.melin.journal.JournalConfig;
import io.melin.journal.JournalPorts;
import io.melin.journal.RecoveryReport;
import io.melin.storage.Storage;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;

/** Drives one journal on a simulated disk and keeps the {@link Ledger}. One thread. */
final class JournalDriver {
    static final Path DIRECTORY = Path.of("/simulated/journal");
    static final Path LIVE = DIRECTORY.resolve(JournalConfig.NAME);
    static final int PAYLOAD_BYTES_MAX = 1_500;

    /** Of one journal: entries of random sizes, or of 64, or of exactly one block of 512. */
    private static final int[] FIXED_PAYLOAD_BYTES = {-1, -1, 20, 468};

    private final SimulatedDisk disk;
    private final UnaryOperator<Storage> storage;
    private final JournalConfig config;
    private final Random random;
    private final ManualTime time = new ManualTime(1_000_000_000);
    private final Ledger ledger = new Ledger();
    private final EventHeader header = new EventHeader();
    private final int fixedPayloadBytes;

    JournalDriver(SimulatedDisk disk, JournalConfig config, Random random) {
        this(disk, config, random, UnaryOperator.identity());
    }

    /**
     * @param storage what stands between each journal and its disk
     */
    JournalDriver(
            SimulatedDisk disk,
            JournalConfig config,
            Random random,
            UnaryOperator<Storage> storage) {
        this.disk = disk;
        this.storage = storage;
        this.config = config;
        this.random = random;
        this.fixedPayloadBytes = FIXED_PAYLOAD_BYTES[random.nextInt(FIXED_PAYLOAD_BYTES.length)];
    }

    /** The smallest hand-off, so that batches wrap, and a bound of tearing that just suffices. */
    static JournalConfig config(int prezeroedPages) {
        return config(prezeroedPages, 0);
    }

    /** The same with segments that are rotated at a size. */
    static JournalConfig config(int prezeroedPages, long segmentBytes) {
        return JournalConfig.of(DIRECTORY, 1, 1)
                .withSegmentBytes(segmentBytes)
                .withPayloadBytesMax(PAYLOAD_BYTES_MAX)
                .withFrameBufferBytes(4 << 10, 4 << 10)
                .withPrezeroedBytes(4096L * prezeroedPages);
    }

    Ledger ledger() {
        return ledger;
    }

    SimulatedDisk disk() {
        return disk;
    }

    /** Opens, checks A1 and A2, and takes what is there as promised. */
    Journal open() {
        List<Ledger.Entry> found = new ArrayList<>();
        Journal journal = open(disk, random, found);
        ledger.recovered(found);
        checkServes(journal, found.size());
        return journal;
    }

    /** Whether another image of the same moment boots, with A1 and A2. */
    RecoveryReport checkBoots(DiskImage image) {
        SimulatedDisk other = new SimulatedDisk(0);
        other.restore(image);
        List<Ledger.Entry> found = new ArrayList<>();
        try (Journal journal = open(other, new Random(0), found)) {
            ledger.check(found);
            checkServes(journal, found.size());
            return journal.report();
        }
    }

    /** Opens the same journal on another disk, as far as that goes. */
    Journal openElsewhere(SimulatedDisk other) {
        return open(other, new Random(0), new ArrayList<>());
    }

    private Journal open(SimulatedDisk from, Random entropy, List<Ledger.Entry> found) {
        return Journal.open(
                config,
                new JournalPorts(storage.apply(from), time, () -> false, entropy),
                (entry, payload, codecVersion) -> found.add(Ledger.Entry.of(entry, payload)));
    }

    private static void checkServes(Journal journal, long sequence) {
        assertThat(journal.report().lastSequence()).isEqualTo(sequence);
        assertThat(journal.writer().durableSequence().acquire()).isEqualTo(sequence);
        assertThat(journal.frames().framedSequence().acquire()).isEqualTo(sequence);
    }

    /** Frames up to {@code count} events, fewer if the hand-off is full. */
    void append(Journal journal, int count) {
        boolean hasRoom = true;
        for (int i = 0; i < count && hasRoom; i++) {
            hasRoom = tryAppend(journal);
        }
        journal.frames().publish();
    }

    private boolean tryAppend(Journal journal) {
        time.advance(Duration.ofNanos(random.nextInt(1_000)));
        long sequence = ledger.framedCount() + 1;
        byte kind = random.nextInt(20) == 0 ? EventKind.TICK : EventKind.APP;
        byte[] payload = new byte[kind == EventKind.TICK ? 0 : payloadBytes()];
        random.nextBytes(payload);
        header.event(kind, sequence, time.epochNs());
        boolean hasId = kind == EventKind.APP && random.nextBoolean();
        if (hasId) {
            header.id(IdScheme.CLIENT_REQUEST, random.nextLong(), random.nextLong());
        } else {
            header.id(IdScheme.NONE, 0, 0);
        }
        ByteBuffer bytes = ByteBuffer.wrap(payload);
        if (!journal.frames().tryAppend(header, bytes)) {
            return false;
        }
        ledger.framed(Ledger.Entry.of(header, bytes));
        return true;
    }

    private int payloadBytes() {
        if (fixedPayloadBytes >= 0) {
            return fixedPayloadBytes;
        }
        return random.nextInt(random.nextInt(4) == 0 ? PAYLOAD_BYTES_MAX + 1 : 120);
    }

    /** A step of the thread that makes the next segment ready. */
    void prepare(Journal journal) {
        journal.preparer().doWork();
        time.advance(Duration.ofNanos(random.nextInt(2_000_000)));
    }

    /** Lets time pass. */
    void advance(Duration duration) {
        time.advance(duration);
    }

    /** Whatever it throws, what the cursors say now is what was promised. */
    void writeAndForce(Journal journal) {
        time.advance(Duration.ofNanos(random.nextInt(5_000_000)));
        try {
            journal.writer().writeAndForce(journal.frames());
        } finally {
            ledger.promised(journal.writer().durableSequence().acquire());
            DurableProgress progress = journal.writer().durableProgress();
            assertThat(progress.sequence()).isEqualTo(ledger.promised());
        }
    }
}
