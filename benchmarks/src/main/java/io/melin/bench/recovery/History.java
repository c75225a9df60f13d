package io.melin.bench.recovery;

import io.melin.event.EventHeader;
import io.melin.event.EventKind;
import io.melin.event.IdScheme;
import io.melin.journal.Journal;
import io.melin.journal.JournalConfig;
import io.melin.journal.JournalPorts;
import io.melin.storage.FileSystemStorage;
import io.melin.time.SystemTime;
import java.nio.ByteBuffer;

/** A journal of small events, written in far less time than a node would take to answer them. */
final class History {
    private static final int CLIENTS = 1_000;
    private static final int BATCH = 4_096;
    private static final int PAYLOAD_BYTES = 16;

    private History() {}

    static JournalPorts ports() {
        return new JournalPorts(FileSystemStorage.INSTANCE, SystemTime.INSTANCE);
    }

    /**
     * @param isNumbered whether the events have ids, of 1,000 clients
     */
    static void write(JournalConfig config, int count, boolean isNumbered) {
        EventHeader header = new EventHeader();
        ByteBuffer payload = ByteBuffer.allocate(PAYLOAD_BYTES);
        try (Journal journal = Journal.open(config, ports(), (entry, bytes, version) -> {})) {
            for (int i = 1; i <= count; i++) {
                header.event(EventKind.APP, i, i);
                if (isNumbered) {
                    header.id(IdScheme.CLIENT_REQUEST, 1 + i % CLIENTS, 1 + i / CLIENTS);
                } else {
                    header.id(IdScheme.NONE, 0, 0);
                }
                payload.clear().putLong(0, i);
                if (!journal.frames().tryAppend(header, payload)) {
                    throw new AssertionError("no room: i=" + i);
                }
                if (i % BATCH == 0 || i == count) {
                    journal.frames().publish();
                    journal.writer().writeAndForce(journal.frames());
                    journal.writer().writeAndForce(journal.frames()); // hashes, frees the frames
                }
            }
        }
    }
}
