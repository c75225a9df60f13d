package io.melin.journal;

import io.melin.event.EventHeader;
import io.melin.storage.StorageDirectory;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Takes what a journal holds, from the beginning or behind a state that was kept. */
public interface Replay extends EntryConsumer {

    /**
     * Asked once, with the directory locked and before an entry is read, if there is a journal.
     * That the state belongs to this journal is verified before an entry behind it is replayed.
     *
     * @param directory of the journal; to read only
     */
    ReplayStart begin(StorageDirectory directory) throws IOException;

    /** Always from the first entry. */
    static Replay ofAll(EntryConsumer consumer) {
        return new Replay() {
            @Override
            public ReplayStart begin(StorageDirectory directory) {
                return ReplayStart.Beginning.INSTANCE;
            }

            @Override
            public void onEntry(EventHeader header, ByteBuffer payload, int codecVersion) {
                consumer.onEntry(header, payload, codecVersion);
            }
        };
    }
}
