package io.melin.journal;

import io.melin.event.EventHeader;
import io.melin.event.EventKind;
import io.melin.event.IdScheme;
import io.melin.storage.Storage;
import io.melin.time.TimeSource;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Opens journals, writes to them, and remembers what was written. */
final class TestJournal {
    static final int PREZEROED_BYTES = 256 << 10;

    /** A clock that the test moves. */
    static final class Clock implements TimeSource {
        private long nowNs = 1_000;

        void advance(long ns) {
            nowNs += ns;
        }

        @Override
        public long epochNs() {
            return nowNs;
        }

        @Override
        public long tickerNs() {
            return nowNs;
        }
    }

    /** Everything about an entry, comparable. */
    record Entry(
            byte kind, byte scheme, long sequence, long timeNs, long high, long low, String bytes) {

        static Entry of(EventHeader header, ByteBuffer payload) {
            byte[] bytes = new byte[payload.remaining()];
            payload.get(payload.position(), bytes);
            return new Entry(
                    header.kind(),
                    header.idScheme(),
                    header.sequence(),
                    header.timeNs(),
                    header.idHigh(),
                    header.idLow(),
                    new String(bytes, StandardCharsets.ISO_8859_1));
        }
    }

    private TestJournal() {}

    static JournalConfig config() {
        return JournalConfig.of(Path.of("memory"), 1, 1)
                .withPrezeroedBytes(PREZEROED_BYTES)
                .withPayloadBytesMax(8 << 10)
                .withFrameBufferBytes(64 << 10, 256 << 10);
    }

    static Journal open(Storage storage, Clock clock, List<Entry> replayed) {
        return Journal.open(
                config(),
                new JournalPorts(storage, clock, () -> false, new Random(1)),
                (header, payload, version) -> replayed.add(Entry.of(header, payload)));
    }

    static List<Entry> replay(Storage storage) {
        List<Entry> entries = new ArrayList<>();
        open(storage, new Clock(), entries).close();
        return entries;
    }

    /** Frames one random event behind {@code last}; false if there is no room. */
    static boolean append(FrameBuffer frames, long sequence, Random random, List<Entry> written) {
        return append(frames, sequence, random, written, random.nextInt(10) == 0 ? 2_000 : 120);
    }

    static boolean append(
            FrameBuffer frames,
            long sequence,
            Random random,
            List<Entry> written,
            int payloadBytesBound) {
        byte[] bytes = new byte[random.nextInt(payloadBytesBound)];
        random.nextBytes(bytes);
        EventHeader header =
                new EventHeader()
                        .event(EventKind.APP, sequence, 1_000_000 + sequence)
                        .id(
                                (byte) (IdScheme.CLIENT_REQUEST | IdScheme.GATEWAY),
                                random.nextLong(),
                                random.nextLong());
        ByteBuffer payload = ByteBuffer.wrap(bytes);
        if (!frames.tryAppend(header, payload)) {
            return false;
        }
        written.add(Entry.of(header, payload));
        return true;
    }

    /** Appends random entries in random batches until the segment's end reaches {@code offset}. */
    static List<Entry> fill(Journal journal, Clock clock, long offset, long seed) {
        Random random = new Random(seed);
        List<Entry> written = new ArrayList<>();
        long sequence = journal.frames().framedSequence().acquire();
        while (journal.writer().durableProgress().offset() < offset) {
            int batch = 1 + random.nextInt(8);
            for (int i = 0; i < batch; i++) {
                if (append(journal.frames(), sequence + 1, random, written)) {
                    sequence++;
                }
            }
            journal.frames().publish();
            clock.advance(random.nextInt(3_000_000));
            journal.writer().writeAndForce(journal.frames());
        }
        return written;
    }
}
