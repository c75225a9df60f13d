package io.melin.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.melin.event.EventHeader;
import io.melin.journal.TestJournal.Clock;
import io.melin.journal.TestJournal.Entry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A journal in memory that a test appends to, rotates, closes and opens again. One thread. */
final class RotatingJournal implements AutoCloseable {
    final MemoryStorage storage;
    final Clock clock = new Clock();
    final List<Entry> written = new ArrayList<>();
    private final JournalConfig config;
    private final Random random;
    Journal journal;

    RotatingJournal(long segmentBytes) {
        this(new MemoryStorage(), segmentBytes, 1);
    }

    RotatingJournal(MemoryStorage storage, long segmentBytes, long seed) {
        this(storage, TestJournal.config().withSegmentBytes(segmentBytes), seed);
    }

    private RotatingJournal(MemoryStorage storage, JournalConfig config, long seed) {
        this.storage = storage;
        this.config = config;
        this.random = new Random(seed);
        this.journal = open();
    }

    /** With more zeros ahead. */
    static RotatingJournal prezeroed(long segmentBytes, long prezeroedBytes) {
        JournalConfig config =
                TestJournal.config()
                        .withSegmentBytes(segmentBytes)
                        .withPrezeroedBytes(prezeroedBytes);
        return new RotatingJournal(new MemoryStorage(), config, 1);
    }

    private Journal open() {
        return Journal.open(
                config,
                new JournalPorts(storage, clock, () -> false, new Random(1)),
                (header, payload, version) -> {});
    }

    SegmentWriter writer() {
        return journal.writer();
    }

    long live() {
        return writer().durableProgress().segment();
    }

    /** Frames random events, without a step of the disk work. */
    void frame(int count) {
        for (int i = 0; i < count; i++) {
            long sequence = written.size() + 1L;
            assertThat(TestJournal.append(journal.frames(), sequence, random, written, 200))
                    .isTrue();
        }
        journal.frames().publish();
    }

    /** Frames one event as it is. */
    void frame(EventHeader header, ByteBuffer payload) {
        assertThat(journal.frames().tryAppend(header, payload)).isTrue();
        written.add(Entry.of(header, payload));
        journal.frames().publish();
    }

    /** One backlog, made durable. */
    void append(int count) {
        frame(count);
        assertThat(step()).isTrue();
    }

    /** O6 of {@link Rotation}: as much as makes the next segment wanted. */
    void fillAnEighth() {
        fillTo(config.segmentBytes() / 8);
    }

    void fillTo(long offset) {
        while (writer().durableProgress().offset() < offset) {
            append(20);
        }
    }

    boolean step() {
        return writer().writeAndForce(journal.frames());
    }

    RotationResult rotate() {
        var result = journal.rotate();
        assertThat(step()).isTrue();
        return result.join();
    }

    /** Lets the preparer work until it has nothing to do. */
    void prepare() {
        while (journal.preparer().doWork() > 0) {
            clock.advance(1_000_000);
        }
    }

    /** Names of the segments that the preparer made or makes. */
    List<String> prepared() throws IOException {
        return storage.list().stream().filter(name -> name.contains(".next-prepared")).toList();
    }

    /** From now on a window of zeros takes so long, and nothing else does. */
    void takesEachWindow(long tookNs) {
        storage.hook((call, file, offset, bytes) -> {
            clock.advance(call.equals("writeOut") ? tookNs : 0);
            return bytes;
        });
    }

    void reopen() {
        close();
        journal = open();
    }

    List<Entry> replay() {
        close();
        List<Entry> found = new ArrayList<>();
        Journal.open(
                        config,
                        new JournalPorts(storage, clock, () -> false, new Random(1)),
                        (header, payload, version) -> found.add(Entry.of(header, payload)))
                .close();
        return found;
    }

    @Override
    public void close() {
        journal.close();
    }
}
