package io.melin.test;

import io.melin.app.EventId;
import io.melin.app.MelinResult;
import io.melin.journal.JournalConfig;
import io.melin.node.MelinConfig;
import io.melin.node.MelinNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;

/**
 * A process that writes numbers from its second argument on into a journal of tiny segments, asks
 * for rotations all the time, and says each number once it is answered. It never ends by itself.
 */
final class RotatingWriter {
    private static final int WINDOW = 32;

    private RotatingWriter() {}

    static MelinConfig config(Path directory) {
        return MelinConfig.of(directory)
                .withJournal(
                        JournalConfig.of(directory, 1, 1)
                                .withPayloadBytesMax(1 << 10)
                                .withFrameBufferBytes(16 << 10, 16 << 10)
                                .withPrezeroedBytes(16 << 10)
                                .withSegmentBytes(24 << 10));
    }

    public static void main(String[] arguments) {
        MelinNode<Long, Long> node =
                MelinNode.create(
                        new LedgerApplication(Duration.ofMillis(5)),
                        LedgerApplication.CODEC,
                        LedgerApplication.CODEC,
                        config(Path.of(arguments[0])));
        node.start();
        ArrayDeque<CompletableFuture<MelinResult<Long>>> open = new ArrayDeque<>();
        long answered = Long.parseLong(arguments[1]) - 1;
        for (long value = answered + 1; ; value++) {
            open.add(node.operations().submit(value, EventId.of(1, value)));
            if (value % 7 == 0) {
                node.rotate();
            }
            if (open.size() == WINDOW) {
                open.remove().join();
                answered++;
                System.out.println(answered);
            }
        }
    }
}
