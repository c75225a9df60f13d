package io.melin.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.melin.journal.TestJournal.Entry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Shows bytes in memory to the product's own reader, each at the offset that it has there. */
final class MemoryFrames {
    private final MemoryStorage storage = new MemoryStorage();
    private final JournalReader reader;

    MemoryFrames() {
        try {
            storage.create("frames").close();
            reader = new JournalReader(storage.openRead("frames"), 128);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A reader before the first of the bytes [{@code from}, {@code to}); one for all calls. */
    JournalReader read(ByteBuffer in, int from, int to) {
        try {
            storage.openWrite("frames").writeFully(in.duplicate().limit(to).position(from), from);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        reader.range(from, to);
        return reader;
    }

    /** All of a piece, from its position to its limit; each of them must be whole. */
    List<Entry> entries(ByteBuffer piece) throws IOException {
        List<Entry> entries = new ArrayList<>();
        read(piece, piece.position(), piece.limit());
        while (reader.end() < piece.limit()) {
            assertThat(reader.next()).isEqualTo(EntryVerdict.OK);
            entries.add(Entry.of(reader.header(), reader.payload()));
        }
        return entries;
    }

    /** What is found at {@code from}, where the bytes end before {@code to}. */
    EntryVerdict examine(ByteBuffer in, int from, int to) {
        try {
            return read(in, from, to).next();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
