package io.melin.test;

import io.melin.app.EventId;
import io.melin.app.MelinResult;
import io.melin.gateway.netty.NettyTransport;
import io.melin.journal.JournalConfig;
import io.melin.node.MelinConfig;
import io.melin.node.MelinNode;
import io.melin.node.NodePorts;
import io.melin.shadow.ShadowMode;
import io.melin.shadow.SnapshotConfig;
import io.melin.stage.Pinning;
import io.melin.stage.Threads;
import io.melin.storage.FileSystemStorage;
import io.melin.time.SystemTime;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;

/**
 * A process that writes numbers into a journal of tiny segments, asks for rotations all the time,
 * saves snapshots, and says each number once it is answered.
 *
 * <p>Arguments: directory, first number; and, where wanted, the storage call before which it is
 * killed, or 0, or {@link #NO_SYNC}; and the number after whose answer it stops in order. Else it
 * never ends by itself, unless the node fails.
 */
final class RotatingWriter {
    /** The most that is sent and not answered. */
    static final int WINDOW = 32;

    /** The exit code after the node failed. */
    static final int FAILED = 3;

    /** In place of a fatal call: nothing is ever synced, which whoever cuts the power must find. */
    static final int NO_SYNC = -1;

    private RotatingWriter() {}

    static MelinConfig config(Path directory) {
        return MelinConfig.of(directory)
                .withSnapshots(
                        new SnapshotConfig(ShadowMode.ON, Duration.ofMillis(200), 500, 1 << 20, 2))
                .withJournal(
                        JournalConfig.of(directory, 1, 1)
                                .withPayloadBytesMax(1 << 10)
                                .withFrameBufferBytes(16 << 10, 16 << 10)
                                .withPrezeroedBytes(16 << 10)
                                .withSegmentBytes(24 << 10));
    }

    public static void main(String[] arguments) {
        int fatal = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 0;
        long last = arguments.length > 3 ? Long.parseLong(arguments[3]) : Long.MAX_VALUE;
        NodePorts ports =
                new NodePorts(
                        fatal == NO_SYNC
                                ? SpoiledFiles.noSync(FileSystemStorage.INSTANCE, "")
                                : new HaltingStorage(FileSystemStorage.INSTANCE, fatal, false),
                        SystemTime.INSTANCE,
                        Threads.PLATFORM,
                        Pinning.NONE,
                        NettyTransport::new);
        try (MelinNode<Long, Long> node =
                MelinNode.create(PlainLedger.program(), config(Path.of(arguments[0])), ports)) {
            node.start();
            write(node, Long.parseLong(arguments[1]), last);
        } catch (RuntimeException e) {
            e.printStackTrace();
            Runtime.getRuntime().halt(FAILED);
        }
    }

    private static void write(MelinNode<Long, Long> node, long first, long last) {
        ArrayDeque<CompletableFuture<MelinResult<Long>>> open = new ArrayDeque<>();
        long answered = first - 1;
        for (long value = first; answered < last; value++) {
            if (value <= last) {
                open.add(node.operations().submit(value, EventId.of(1, value)));
            }
            if (value % 7 == 0) {
                node.rotate();
            }
            if (open.size() == WINDOW || value >= last) {
                open.remove().join();
                answered++;
                System.out.println(answered);
            }
        }
    }
}
